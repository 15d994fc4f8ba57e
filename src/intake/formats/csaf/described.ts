import type { ReportedVulnerability } from '../../../domain/finding/sighting.ts';
import { toReported } from '../../reports/make-items.ts';
import { at, firstText, firstTextOf, listAt, textAt, textsOf } from '../../reports/values.ts';
import { toCwes } from '../../reports/vulnerability-ids.ts';

/** The CVE id and other ids; bare numbers (of bug trackers) and addresses name nothing. Without any, the document's own. */
export function idsOf(entry: unknown, document: unknown): unknown[] {
  const others = textsOf(listAt(entry, 'ids').map((one) => at(one, 'text'))).filter(
    (id) => !/^\d+$|\s|^https?:/.test(id),
  );
  const ids = [textAt(entry, 'cve'), ...others].filter((id) => id !== null);
  return ids.length > 0 ? ids : [at(document, 'document', 'tracking', 'id')];
}

/** Scores of 2.0 and, as contents of metrics, of 2.1. */
function scoresOf(entry: unknown): unknown[] {
  const scores = [...listAt(entry, 'scores'), ...listAt(entry, 'metrics').map((metric) => at(metric, 'content'))];
  return scores.flatMap((score) => ['cvss_v4', 'cvss_v3', 'cvss_v2'].map((version) => at(score, version)));
}

/** The CVSS severity, the vendor's word for the impact, or the document's for all. */
export function severityOf(entry: unknown, document: unknown): string | null {
  const impact = listAt(entry, 'threats').filter((threat) => textAt(threat, 'category') === 'impact');
  const words = impact.map((threat) => textAt(threat, 'details')).filter((text) => text !== null && text.length < 20);
  return firstTextOf([
    ...scoresOf(entry).map((score) => at(score, 'baseSeverity')),
    ...words,
    at(document, 'document', 'aggregate_severity', 'text'),
  ]);
}

/** What an advisory says of a vulnerability. */
export function reportedOf(entry: unknown): ReportedVulnerability | null {
  const notes = listAt(entry, 'notes');
  const note = (category: string) => notes.find((one) => textAt(one, 'category') === category);
  return toReported({
    title: textAt(entry, 'title'),
    description: firstText(at(note('description'), 'text'), at(note('summary'), 'text')),
    cvssVectors: [...new Set(scoresOf(entry).flatMap((score) => textsOf(at(score, 'vectorString'))))],
    cwes: toCwes([at(entry, 'cwe', 'id'), ...listAt(entry, 'cwes').map((cwe) => at(cwe, 'id'))]),
  });
}
