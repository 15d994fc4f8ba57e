import type { Finding } from '../../../domain/assessment/finding-schema.ts';
import { present } from '../json-text.ts';
import { inertLine } from '../safe-text.ts';

/** CycloneDX' names of the CVSS versions. */
const METHODS = { '2.0': 'CVSSv2', '3.0': 'CVSSv3', '3.1': 'CVSSv31', '4.0': 'CVSSv4' } as const;

/** CVSS by its version; EPSS, a probability of 0 to 1, and ERAS' own score of 1 to 25, both as "other". */
export function toRatings({ cvss, epss, risk }: Finding): unknown[] {
  return [
    ...(cvss === null
      ? []
      : [
          present({
            source: { name: inertLine(cvss.source, 200) || 'unknown' },
            score: cvss.baseScore,
            severity: cvss.severity.toLowerCase(),
            method: METHODS[cvss.version],
            vector: inertLine(cvss.vector, 300) || null,
          }),
        ]),
    ...(cvss?.environmental == null
      ? []
      : [
          present({
            source: { name: 'ERAS' },
            score: cvss.environmental.score,
            severity: cvss.environmental.severity.toLowerCase(),
            method: METHODS[cvss.version],
            vector: inertLine(cvss.environmental.vector, 300) || null,
            justification: 'With the security requirements of the asset.',
          }),
        ]),
    ...(epss === null
      ? []
      : [{ source: { name: 'EPSS', url: 'https://www.first.org/epss' }, score: epss.probability, method: 'other' }]),
    ...(risk.level === null || risk.score === null
      ? []
      : [{ source: { name: 'ERAS' }, score: risk.score, severity: risk.level.toLowerCase(), method: 'other' }]),
  ];
}
