import { existsSync } from 'node:fs';
import type { Gap } from '../domain/assessment/schema.ts';
import { type CveId, parseCveId } from '../domain/cve/cve-id.ts';
import { RiskError } from '../kernel/risk-error.ts';
import { findIds } from './find-ids.ts';
import { readTextFile, readTextStream } from './read-text.ts';

/** What the user's targets come to. */
export interface Intake {
  /** Distinct ids in the order in which they were named. */
  readonly cveIds: readonly CveId[];
  /** What was meant as an id and is none. */
  readonly gaps: readonly Gap[];
}

/** Most CVEs of one assessment. */
const CVE_LIMIT = 100_000;

/**
 * Reads targets: a CVE id, `-` for standard input, a file, or text that names CVEs. Entries that are no id are gaps beside
 * good ones.
 * @throws RiskError `BAD_INPUT` where a file cannot be used or where nothing at all names a CVE.
 */
export async function readTargets(
  targets: readonly string[],
  stdin: AsyncIterable<Uint8Array | string>,
): Promise<Intake> {
  const cveIds = new Set<CveId>();
  const malformed = new Set<string>();
  for (const target of targets) {
    const found = await readTarget(target, stdin);
    for (const cveId of found.cveIds) cveIds.add(cveId);
    for (const entry of found.malformed) malformed.add(entry);
  }
  const [first] = malformed;
  if (cveIds.size === 0) {
    const parsed = parseCveId(first ?? targets[0] ?? '');
    throw new RiskError({ code: 'BAD_INPUT', message: parsed.ok ? 'no CVE id is given' : parsed.error });
  }
  if (cveIds.size > CVE_LIMIT) {
    throw new RiskError({
      code: 'BAD_INPUT',
      message: `${cveIds.size} CVEs are more than one assessment takes (${CVE_LIMIT}); split them`,
    });
  }
  const gaps = [...malformed].map((entry) => {
    const parsed = parseCveId(entry);
    return { cveId: null, source: 'intake', reason: parsed.ok ? entry : parsed.error };
  });
  return { cveIds: [...cveIds], gaps };
}

async function readTarget(target: string, stdin: AsyncIterable<Uint8Array | string>) {
  const id = parseCveId(target);
  if (id.ok) return { cveIds: [id.value], malformed: [] };
  if (target === '-') return readDocument('standard input', await readTextStream('standard input', stdin));
  if (existsSync(target)) return readDocument(target, await readTextFile(target));
  const found = findIds(target, 'sentence');
  if (found.cveIds.length === 0 && found.malformed.length === 0) {
    const message = `"${target.slice(0, 80)}" is neither a CVE id, nor a file, nor text that names a CVE`;
    throw new RiskError({ code: 'BAD_INPUT', message });
  }
  return found;
}

function readDocument(name: string, text: string) {
  refuseStructured(name, text);
  const found = findIds(text, 'document');
  if (found.cveIds.length === 0 && found.malformed.length === 0) {
    throw new RiskError({ code: 'BAD_INPUT', message: `${name} names no CVE; give CVE ids, one a line` });
  }
  return found;
}

/** SBOMs and scanner reports must be read as what they are: picking ids out of them would lose components and versions. */
function refuseStructured(name: string, text: string): void {
  const start = text.trimStart().slice(0, 200);
  const isXml = /^<(?:\?xml|!doctype|[a-z][\w:-]*[\s>])/i.test(start);
  const isJson = /^(?:\{\s*["}]|\[\s*[{["\]])/.test(start);
  if (isJson && !isValidJson(text)) {
    throw new RiskError({ code: 'BAD_INPUT', message: `${name} begins like JSON but cannot be read as JSON` });
  }
  if (isJson || isXml) {
    const message = `${name} looks like ${isJson ? 'JSON' : 'XML'}: SBOMs and scanner reports are not available yet; give CVE ids, one a line`;
    throw new RiskError({ code: 'NOT_AVAILABLE_YET', message });
  }
}

function isValidJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
