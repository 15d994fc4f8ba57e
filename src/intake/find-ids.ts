import { type CveId, DASH, findCveIds, parseCveId } from '../domain/cve/cve-id.ts';

/** An id that a text names, and the lines on which it does. */
export interface FoundId {
  readonly id: string;
  /** From 1; none in a list, which says no more of an id than that it is asked for. */
  readonly lines: readonly number[];
}

/** What a text names: vulnerability ids, and what was meant as one and is none. */
export interface FoundIds {
  readonly ids: readonly FoundId[];
  readonly malformed: readonly string[];
  /** Malformed entries beyond those listed. */
  readonly moreMalformed: number;
}

/** Malformed entries told one by one; the rest only count. */
const MALFORMED_LIMIT = 100;
/** A table of one column is a list under a title. */
const TITLE = /^\ufeff?\s*"?(?:cves?|cve[ _-]?ids?|(?:vulnerability|vuln)(?:[ _-]?ids?)?)"?\s*$/i;
/** Places of one id that are remembered. */
const MOST_LINES = 20;
/** Something that was meant as a CVE id and is none: `CVE-21-1`, `CVE_2024_3094`, `CVE 2024 3094`. */
const MEANT_AS_ID = new RegExp(
  `(?<![A-Za-z0-9-])(?:CVE(?:_|${DASH})\\d(?:\\w|${DASH}){0,60}|CVE[ _]?\\d{4}[ _-]\\d{3,}|CAN-\\d{4}-\\d{4})`,
  'gi',
);
/** Ids of the databases that OSV gathers, in their published forms (OSV schema, "id", list of database prefixes). */
const OTHER_ID =
  /(?<![A-Za-z0-9-])(?:GHSA(?:-[23456789cfghjmpqrvwx]{4}){3}|(?:OSV|RUSTSEC|PYSEC|GO|PSF|HSEC|MAL|RSEC|USN|DSA|DLA)-\d{4}-\d+(?:-\d+)?|(?:USN|DSA|DLA)-\d+-\d+)(?![\w-])/gi;

/**
 * Picks vulnerability ids out of text; what looks like one and is none is malformed. In a document that is a list, one entry a line, each
 * entry that is no id is.
 */
export function findIds(text: string, kind: 'sentence' | 'document'): FoundIds {
  const lines = text.split(/\r\n|\n|\r/);
  const found = new Map<string, number[]>();
  const malformed = new Set<string>();
  const isList = kind === 'document' && !lines.some((line) => isEntry(line) && /\s/.test(line.trim()));
  for (const [index, line] of lines.entries()) {
    const ids = idsOf(line);
    for (const id of ids) {
      const places = found.get(id);
      if (places === undefined) found.set(id, [index + 1]);
      else if (places.length < MOST_LINES) places.push(index + 1);
    }
    const isTitle = index === 0 && TITLE.test(line);
    for (const entry of malformedIn(line, isList && ids.length === 0 && !isTitle)) malformed.add(entry);
  }
  const listed = [...malformed].slice(0, MALFORMED_LIMIT);
  const ids = [...found].map(([id, places]) => ({ id, lines: isList ? [] : places }));
  return { ids, malformed: listed, moreMalformed: malformed.size - listed.length };
}

/** An id that stands alone; null where it is none. */
export function parseVulnerabilityId(text: string): string | null {
  const cve = parseCveId(text);
  if (cve.ok) return cve.value;
  const [other, ...rest] = otherIds(text);
  return other !== undefined && rest.length === 0 && other.length === text.trim().length ? other : null;
}

function idsOf(line: string): readonly (CveId | string)[] {
  return line.length < 8 ? [] : [...findCveIds(line), ...otherIds(line)];
}

/** GitHub writes its own in lower case after the prefix, all others are in capitals. */
function otherIds(text: string): string[] {
  return (text.match(OTHER_ID) ?? []).map((id) =>
    /^ghsa/i.test(id) ? `GHSA${id.slice(4).toLowerCase()}` : id.toUpperCase(),
  );
}

/** Lines that begin with # are comments. */
function isEntry(line: string): boolean {
  const text = line.trim();
  return text !== '' && !text.startsWith('#');
}

function malformedIn(line: string, isLostEntry: boolean): string[] {
  const meant = (line.match(MEANT_AS_ID) ?? []).filter((token) => findCveIds(token).length === 0);
  return isLostEntry && isEntry(line) ? [...meant, line.trim().slice(0, 60)] : meant;
}
