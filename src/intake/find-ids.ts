import { type CveId, findCveIds, parseCveId } from '../domain/cve/cve-id.ts';

/** What a text names: CVE ids, and what was meant as one and is none. */
export interface FoundIds {
  readonly cveIds: readonly CveId[];
  readonly malformed: readonly string[];
  /** Malformed entries beyond those listed. */
  readonly moreMalformed: number;
}

/** Malformed entries told one by one; the rest only count. */
const MALFORMED_LIMIT = 100;
/** Something that was meant as an id and is none: `CVE-21-1`, `CVE_2024_3094`, `CVE 2024 3094`, or an id of another kind. */
const MEANT_AS_ID =
  /(?<![A-Za-z0-9-])(?:CVE[-_–—]\d[\w-]{0,60}|CVE[ _]?\d{4}[ _-]\d{3,}|CAN-\d{4}-\d{4}|GHSA(?:-\w{4}){3}|OSV-\d{4}-\d+|RUSTSEC-\d{4}-\d+)/gi;

/**
 * Picks CVE ids out of text; what looks like one and is none is malformed. In a document that is a list, one entry a line, each entry that
 * is no id is.
 */
export function findIds(text: string, kind: 'sentence' | 'document'): FoundIds {
  const malformed = new Set<string>();
  for (const [token] of text.matchAll(MEANT_AS_ID)) {
    if (findCveIds(token).length === 0) malformed.add(token);
  }
  for (const entry of kind === 'document' ? listEntries(text) : []) {
    if (!parseCveId(entry).ok && findCveIds(entry).length === 0) malformed.add(entry.slice(0, 60));
  }
  const listed = [...malformed].slice(0, MALFORMED_LIMIT);
  return { cveIds: findCveIds(text), malformed: listed, moreMalformed: malformed.size - listed.length };
}

/** The entries of a list; none where any line holds more than one word, for then it is prose. Lines that begin with # are comments. */
function listEntries(text: string): string[] {
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
  return lines.some((line) => /\s/.test(line)) ? [] : lines;
}
