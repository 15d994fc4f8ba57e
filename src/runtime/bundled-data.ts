import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import type { AttackCatalogue } from '../domain/attack/attack.ts';
import { parseSnapshot, type Snapshot } from '../domain/snapshot/snapshot.ts';
import { once } from '../kernel/once.ts';
import { RiskError } from '../kernel/risk-error.ts';
import { parseThreatModel } from '../scoring/threat-mapping/parse-threat-model.ts';
import type { ThreatModel } from '../scoring/threat-mapping/threat-model.ts';

/** The snapshot of facts that is part of the package. */
export const loadSnapshot = once(
  (): Snapshot => parseSnapshot(JSON.parse(brotliDecompressSync(readBundled('snapshot.json.br')).toString('utf8'))),
);

/** The trained mapping to ATT&CK that is part of the package. */
export const loadThreatModel = once(
  (): ThreatModel => parseThreatModel(JSON.parse(gunzipSync(readBundled('threat-model.json.gz')).toString('utf8'))),
);

/** The bundled ATT&CK release. */
export function bundledAttack(): { readonly catalogue: AttackCatalogue; readonly at: string } {
  const { attack, asOf } = loadSnapshot();
  return { catalogue: attack, at: asOf.attack };
}

/** `data/` lies beside `dist/` in the package, and two folders up from here in the source tree. */
function readBundled(name: string): Buffer {
  const candidates = ['../data/', '../../data/'].map((folder) =>
    fileURLToPath(new URL(folder + name, import.meta.url)),
  );
  const path = candidates.find((candidate) => existsSync(candidate));
  if (path === undefined) {
    throw new RiskError({
      code: 'STORE_FAILED',
      message: `the bundled file data/${name} is missing; install ERAS again`,
    });
  }
  return readFileSync(path);
}
