import { z } from 'zod';
import type { CvssMetric, CvssVersion } from './cvss-metric.ts';
import { parseCvssVector } from './cvss-vector.ts';
import { severityOf } from './severity.ts';

/** Entries kept of one version of one record. */
export const MAX_METRICS = 20;

/** A severity in any case; left out where it is none. */
export const SeverityField = z
  .string()
  .transform((text) => text.toUpperCase())
  .pipe(z.enum(['NONE', 'LOW', 'MEDIUM', 'HIGH', 'CRITICAL']))
  .optional()
  .catch(undefined);

/** The fields used of a CVSS object as FIRST's JSON schemas lay it out, which NVD and the CVE Program embed. */
export const CvssData = z.object({
  // The longest vector of v4.0, with every optional metric, has about 200 characters.
  vectorString: z.string().max(400),
  baseScore: z.number().min(0).max(10),
  baseSeverity: SeverityField,
});
export type CvssData = z.output<typeof CvssData>;

/** A metric before it is known whose it is. */
export type CvssScore = Pick<CvssMetric, 'version' | 'vector' | 'baseScore' | 'severity'>;

/** The score that data state, with the severity that goes with it where none is stated; null where the vector is invalid or of another version. */
export function toCvssScore(version: CvssVersion, data: CvssData): CvssScore | null {
  const vector = parseCvssVector(data.vectorString);
  if (!vector.ok || vector.value.version !== version) return null;
  // Adding zero turns -0, which JSON can carry, into 0.
  const baseScore = data.baseScore + 0;
  const severity = data.baseSeverity ?? severityOf(version, baseScore);
  return { version, vector: data.vectorString, baseScore, severity };
}
