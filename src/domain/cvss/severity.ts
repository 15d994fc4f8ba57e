import type { CvssSeverity, CvssVersion } from './cvss-metric.ts';

/**
 * The qualitative severity of a score of 0.0 to 10.0. From v3.0 on: v3.1 section 5 (table 14), which v4.0 section 6
 * keeps. v2.0 has no ratings of its own; NVD's count, which start at LOW with 0.0 and end with HIGH.
 */
export function severityOf(version: CvssVersion, score: number): CvssSeverity {
  if (version === '2.0') return score >= 7 ? 'HIGH' : score >= 4 ? 'MEDIUM' : 'LOW';
  if (score >= 9) return 'CRITICAL';
  if (score >= 7) return 'HIGH';
  if (score >= 4) return 'MEDIUM';
  return score > 0 ? 'LOW' : 'NONE';
}
