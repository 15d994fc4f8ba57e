import { existsSync } from 'node:fs';
import type { Gap } from '../domain/assessment/schema.ts';
import { type CveId, parseCveId } from '../domain/cve/cve-id.ts';
import { RiskError } from '../kernel/risk-error.ts';
import { type FoundIds, findIds } from './find-ids.ts';
import { readCsvIds } from './read-csv-ids.ts';
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
  let more = 0;
  for (const target of targets) {
    const found = await readTarget(target, stdin);
    for (const cveId of found.cveIds) cveIds.add(cveId);
    for (const entry of found.malformed) malformed.add(entry);
    more += found.moreMalformed;
  }
  const [first] = malformed;
  if (cveIds.size === 0) {
    const others = malformed.size - 1 + more;
    const rest = others > 0 ? `; nor are ${others} more entries CVE ids` : '';
    throw new RiskError({ code: 'BAD_INPUT', message: inWords(first ?? targets[0] ?? '') + rest });
  }
  if (cveIds.size > CVE_LIMIT) {
    throw new RiskError({
      code: 'BAD_INPUT',
      message: `${cveIds.size} CVEs are more than one assessment takes (${CVE_LIMIT}); split them`,
    });
  }
  const gaps = [...malformed].map((entry) => ({ cveId: null, source: 'intake', reason: inWords(entry) }));
  const rest = { cveId: null, source: 'intake', reason: `${more} more entries are no CVE ids` };
  return { cveIds: [...cveIds], gaps: more === 0 ? gaps : [...gaps, rest] };
}

/** What is wrong with something that was meant as an id. */
function inWords(entry: string): string {
  const parsed = parseCveId(entry);
  if (!parsed.ok && /^CVE|^CAN/i.test(entry)) return parsed.error;
  if (/^(?:GHSA|OSV|RUSTSEC)-/i.test(entry))
    return `"${entry}" is an id of another kind, which is not available yet; give CVE ids`;
  return `"${entry.slice(0, 80)}" is neither a CVE id, nor a file, nor text that names a CVE`;
}

/** A word that can only have been meant as a file. */
const LOOKS_LIKE_PATH = /^\S*[/\\]\S*$|^\S+\.(?:txt|csv|json|xml|md|log|sarif|nessus|spdx|cdx)$/i;

async function readTarget(target: string, stdin: AsyncIterable<Uint8Array | string>): Promise<FoundIds> {
  const id = parseCveId(target);
  if (id.ok) return { cveIds: [id.value], malformed: [], moreMalformed: 0 };
  if (target === '-') return readDocument('standard input', await readTextStream('standard input', stdin));
  if (existsSync(target)) return readDocument(target, await readTextFile(target));
  if (LOOKS_LIKE_PATH.test(target)) {
    throw new RiskError({ code: 'BAD_INPUT', message: `there is no file "${target.slice(0, 200)}"` });
  }
  const found = findIds(target, 'sentence');
  if (found.cveIds.length === 0 && found.malformed.length === 0) return { ...found, malformed: [target] };
  return found;
}

function readDocument(name: string, text: string): FoundIds {
  refuseStructured(name, text);
  const found = readCsvIds(name, text) ?? findIds(text, 'document');
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
