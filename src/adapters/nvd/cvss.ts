import { z } from 'zod';
import { CvssData, MAX_METRICS, SeverityField, toCvssScore } from '../../domain/cvss/cvss-fields.ts';
import type { CvssMetric, CvssVersion } from '../../domain/cvss/cvss-metric.ts';
import { clip } from '../../kernel/clip.ts';
import { itemsThatFit } from '../../kernel/items-that-fit.ts';

// NVD's key of each version, newest first.
const KEYS = [
  ['cvssMetricV40', '4.0'],
  ['cvssMetricV31', '3.1'],
  ['cvssMetricV30', '3.0'],
  ['cvssMetricV2', '2.0'],
] as const satisfies readonly (readonly [string, CvssVersion])[];

const MetricEntry = z.object({
  source: z.string().min(1),
  type: z.enum(['Primary', 'Secondary']).catch('Secondary'),
  cvssData: CvssData,
  // For v2.0, NVD states the severity beside cvssData.
  baseSeverity: SeverityField,
});
const MetricEntries = itemsThatFit(MetricEntry);

const Present = z
  .record(z.string(), z.unknown())
  .nullish()
  .transform((metrics) => metrics ?? {});

/**
 * CVSS entries of NVD's `metrics`, newest version first. Entries that cannot be read are left out one by one; where all of
 * them are, the record cannot be read: a score that is there and lost is no score that is missing.
 */
export const Metrics = Present.transform((metrics, context) => {
  const stated = KEYS.filter(([key]) => metrics[key] !== undefined && metrics[key] !== null);
  const hasEntries = stated.some(([key]) => !Array.isArray(metrics[key]) || metrics[key].length > 0);
  const read = stated.flatMap(([key, version]) =>
    MetricEntries.parse(metrics[key])
      .map((entry) => toMetric(entry, version))
      .filter((metric) => metric !== null)
      .slice(0, MAX_METRICS),
  );
  if (hasEntries && read.length === 0) {
    context.addIssue({ code: 'custom', message: 'no CVSS entry of it can be read' });
    return z.NEVER;
  }
  return read;
});

function toMetric(entry: z.output<typeof MetricEntry>, version: CvssVersion): CvssMetric | null {
  const { source, type, cvssData, baseSeverity } = entry;
  const score = toCvssScore(version, { ...cvssData, baseSeverity: cvssData.baseSeverity ?? baseSeverity });
  return score === null ? null : { ...score, source: clip(source, 200), type };
}
