import { statfsSync } from 'node:fs';
import { type Check, well } from '../../assessment/doctor.ts';
import { SOURCE_NAMES } from '../../domain/source/lookup.ts';
import { messageOf } from '../../kernel/risk-error.ts';
import { loadSnapshot, loadThreatModel } from '../bundled-data.ts';

const LEAST_NODE = [20, 19] as const;
const GIB = 2 ** 30;
/** NVD's mirror of some 300,000 records takes about a gigabyte, and as much again while it is loaded. */
const ENOUGH_GIB = 2;
const LEAST_GIB = 0.1;

/** What the machine brings along: Node, and room on the disk of the data folder. */
export function checkMachine(home: string): Check[] {
  return [checkNode(), ...checkDisk(home)];
}

function checkNode(): Check {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const isEnough = major > LEAST_NODE[0] || (major === LEAST_NODE[0] && minor >= LEAST_NODE[1]);
  const fix = isEnough ? null : `install Node.js ${LEAST_NODE.join('.')} or newer`;
  return { name: 'node', status: isEnough ? 'ok' : 'fail', detail: process.versions.node, fix };
}

/** Nothing where the folder cannot be looked at: the store's own check says why. */
function checkDisk(home: string): Check[] {
  let free: number;
  try {
    const { bavail, bsize } = statfsSync(home);
    free = (bavail * bsize) / GIB;
  } catch {
    return [];
  }
  const status = free < LEAST_GIB ? 'fail' : free < ENOUGH_GIB ? 'warn' : 'ok';
  const fix =
    status === 'ok'
      ? null
      : `make room, or set ERAS_HOME to a folder on another disk; a mirror of NVD wants ${ENOUGH_GIB} GiB`;
  return [{ name: 'disk', status, detail: `${free.toFixed(1)} GiB free`, fix }];
}

/** What the package brings along. */
export function checkBundled(): Check[] {
  const look = (name: string, read: () => string): Check => {
    try {
      return well(name, read());
    } catch (error) {
      return { name, status: 'fail', detail: messageOf(error), fix: 'install ERAS again' };
    }
  };
  return [
    look('bundled snapshot', () => {
      const snapshot = loadSnapshot();
      const { asOf, cveIds } = snapshot;
      const count = (source: 'nvd' | 'ssvc' | 'kev' | 'epss') =>
        cveIds.filter((cveId) => snapshot[source](cveId).kind === 'found').length;
      const counts = SOURCE_NAMES.map((source) => {
        const about = source === 'attack' ? '' : ` ${count(source)} of them,`;
        return `${source}${about} ${asOf[source].slice(0, 10)}`;
      });
      return `${cveIds.length} CVEs; ${counts.join('; ')}`;
    }),
    look('bundled ATT&CK mapping', () => {
      loadThreatModel();
      return 'readable';
    }),
  ];
}
