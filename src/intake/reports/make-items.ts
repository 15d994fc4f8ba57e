import { findCveIds, parseCveId } from '../../domain/cve/cve-id.ts';
import type { Component, ReportedVulnerability } from '../../domain/finding/sighting.ts';
import type { ReportedFinding, ReportItem } from './report-format.ts';
import { textOf } from './values.ts';

/** Ids of one finding at most; a plugin that names hundreds is read to here. */
const MOST_IDS = 500;
const LONGEST_ID = 100;
/** Vectors, and weaknesses, of one vulnerability at most. */
const MOST_OF_A_KIND = 50;

/** What is left out is null. */
export function toComponent(given: Partial<Component>): Component | null {
  const { purl = null, cpe = null, name = null, installedVersion = null, fixedVersion = null } = given;
  if (purl === null && cpe === null && name === null) return null;
  return { purl, cpe, name, installedVersion, fixedVersion };
}

/** A finding from what a report gives; one without any id is an entry that cannot be used, called `what`. */
export function toFinding(
  given: Partial<Omit<ReportedFinding, 'kind' | 'ids'>> & {
    readonly position: string;
    readonly ids: readonly unknown[];
  },
  what: unknown = null,
): ReportItem {
  const ids = distinctIds(given.ids);
  if (ids.length === 0) return { kind: 'no-id', position: given.position, what: textOf(what) ?? 'a finding' };
  const { component = null, host = null, tool = null, severity = null, vex = null, reported = null } = given;
  return { kind: 'finding', ids, component, host, position: given.position, tool, severity, vex, reported };
}

/** Ids as a report writes them: white space around and lower case of CVE ids forgiven, each once. */
export function distinctIds(ids: readonly unknown[]): string[] {
  const texts = ids.slice(0, MOST_IDS).flatMap((id) => {
    const text = textOf(id);
    if (text === null || text.length > LONGEST_ID || /\s/.test(text)) return text === null ? [] : findCveIds(text);
    const cve = parseCveId(text);
    return [cve.ok ? cve.value : text];
  });
  return [...new Set(texts)];
}

/** What a report says of a vulnerability; null where it says nothing. */
export function toReported(given: {
  readonly title?: string | null;
  readonly description?: string | null;
  readonly cvssVectors?: readonly string[];
  readonly cwes?: readonly string[];
}): ReportedVulnerability | null {
  const { title = null, description = null, cvssVectors = [], cwes = [] } = given;
  return title === null && description === null && cvssVectors.length === 0 && cwes.length === 0
    ? null
    : { title, description, cvssVectors: cvssVectors.slice(0, MOST_OF_A_KIND), cwes: cwes.slice(0, MOST_OF_A_KIND) };
}
