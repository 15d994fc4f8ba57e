import type { ReportedVulnerability } from '../../domain/finding/sighting.ts';
import { toReported } from './make-items.ts';
import { at, listAt, textAt, textsOf } from './values.ts';
import { toCwes } from './vulnerability-ids.ts';

/** Advisories of distributions, whose CVE ids stood in `related` before there was `upstream` (OSV schema 1.7). */
const DISTRIBUTION_ADVISORY =
  /^(?:ALBA|ALEA|ALSA|BIT|CGA|DLA|DSA|DTSA|ELSA|MGASA|OESA|openSUSE|RHBA|RHEA|RHSA|RLBA|RLEA|RLSA|ROOT|RXSA|SUSE|UBUNTU|USN)-/i;

/** The ids of a record of the OSV schema: its own, its aliases, what it passes on from upstream. */
export function idsOfOsv(record: unknown): string[] {
  const id = textAt(record, 'id');
  const named = [...(id === null ? [] : [id]), ...textsOf(at(record, 'aliases')), ...textsOf(at(record, 'upstream'))];
  const isWithout = !named.some((one) => /^CVE-/i.test(one));
  const related = isWithout && DISTRIBUTION_ADVISORY.test(id ?? '') ? textsOf(at(record, 'related')) : [];
  return [...named, ...related.filter((one) => /^CVE-/i.test(one))];
}

/** What a record of the OSV schema says of its vulnerability. */
export function reportedByOsv(record: unknown): ReportedVulnerability | null {
  const affected = listAt(record, 'affected');
  const severities = [...listAt(record, 'severity'), ...affected.flatMap((one) => listAt(one, 'severity'))];
  const specific = [at(record, 'database_specific'), ...affected.map((one) => at(one, 'database_specific'))];
  return toReported({
    title: textAt(record, 'summary'),
    description: textAt(record, 'details'),
    cvssVectors: distinct(severities.flatMap((one) => textsOf(at(one, 'score')))).filter((score) => /[:/]/.test(score)),
    cwes: toCwes(
      specific.flatMap((one) => [...listAt(one, 'cwe_ids'), ...listAt(one, 'cwes').map((cwe) => at(cwe, 'cweId'))]),
    ),
  });
}

/** The versions that mend a vulnerability in an entry of `affected`, but not commits. */
export function fixesOf(affected: unknown): string[] {
  const ranges = listAt(affected, 'ranges').filter((range) => textAt(range, 'type') !== 'GIT');
  return distinct(ranges.flatMap((range) => listAt(range, 'events').flatMap((event) => textsOf(at(event, 'fixed')))));
}

function distinct(texts: readonly string[]): string[] {
  return [...new Set(texts)];
}
