import type { Finding } from '../../../domain/assessment/finding-schema.ts';
import { parseCvssVector } from '../../../domain/cvss/cvss-vector.ts';
import { severityOf } from '../../../domain/cvss/severity.ts';
import type { ReportSettings } from '../../report.ts';

/**
 * A CVSS score as CSAF 2.0 takes it: of version 2 or 3, with a valid vector and the score that the vector gives (tests 6.1.8 to 6.1.10).
 * Null for any other, which a note tells: 2.0 has no place for CVSS 4.0.
 */
export function toCsafScore(
  cvss: Finding['cvss'],
  baseScore: ReportSettings['cvssBaseScore'],
): Record<string, unknown> | null {
  const parsed = cvss === null ? null : parseCvssVector(cvss.vector);
  if (cvss === null || !parsed?.ok || parsed.value.version !== cvss.version) return null;
  const { version, text } = parsed.value;
  if (version === '4.0' || baseScore(parsed.value) !== cvss.baseScore) return null;
  const common = { version, vectorString: text, baseScore: cvss.baseScore };
  return version === '2.0'
    ? { cvss_v2: common }
    : { cvss_v3: { ...common, baseSeverity: severityOf(version, cvss.baseScore) } };
}
