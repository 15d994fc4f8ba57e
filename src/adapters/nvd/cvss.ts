import { z } from 'zod';
import type { CvssMetric, CvssSeverity, CvssVersion } from '../../domain/cvss/cvss-metric.ts';
import { clip, itemsThatFit } from './fields.ts';

// NVD's key of each version and how its vectors begin. Enough to reject mislabelled entries; scoring validates in full.
const VERSIONS: Readonly<Record<string, { readonly version: CvssVersion; readonly vector: RegExp }>> = {
  cvssMetricV40: { version: '4.0', vector: /^CVSS:4\.0\/[A-Z]/ },
  cvssMetricV31: { version: '3.1', vector: /^CVSS:3\.1\/[A-Z]/ },
  cvssMetricV30: { version: '3.0', vector: /^CVSS:3\.0\/[A-Z]/ },
  cvssMetricV2: { version: '2.0', vector: /^AV:[NAL]\/AC:/ },
};

const Severity = z
  .string()
  .transform((text) => text.toUpperCase())
  .pipe(z.enum(['NONE', 'LOW', 'MEDIUM', 'HIGH', 'CRITICAL']))
  .optional()
  .catch(undefined);

const MetricEntry = z.object({
  source: z.string().min(1),
  type: z.enum(['Primary', 'Secondary']).catch('Secondary'),
  cvssData: z.object({
    // The longest vector of v4.0, with every optional metric, has about 200 characters.
    vectorString: z.string().max(400),
    baseScore: z.number().min(0).max(10),
    baseSeverity: Severity,
  }),
  baseSeverity: Severity,
});

const MetricEntries = itemsThatFit(MetricEntry);

/** CVSS entries of NVD's `metrics`, newest version first; entries that cannot be read are left out one by one. */
export const Metrics = z
  .record(z.string(), z.unknown())
  .catch({})
  .transform((metrics) =>
    Object.entries(VERSIONS).flatMap(([key, { version, vector }]) =>
      MetricEntries.parse(metrics[key])
        .filter((entry) => vector.test(entry.cvssData.vectorString))
        .slice(0, 20)
        .map((entry) => toMetric(entry, version)),
    ),
  );

function toMetric(entry: z.output<typeof MetricEntry>, version: CvssVersion): CvssMetric {
  const { vectorString, baseSeverity } = entry.cvssData;
  // Adding zero turns -0, which JSON can carry, into 0.
  const baseScore = entry.cvssData.baseScore + 0;
  return {
    version,
    vector: vectorString,
    baseScore,
    // For v2.0, NVD states the severity beside cvssData.
    severity: baseSeverity ?? entry.baseSeverity ?? severityOf(baseScore, version),
    source: clip(entry.source, 200),
    type: entry.type,
  };
}

// CVSS v3.1, section 5, table 14 (the same in v3.0 and v4.0); v2.0 as NVD rates it, with neither NONE nor CRITICAL.
function severityOf(score: number, version: CvssVersion): CvssSeverity {
  if (version === '2.0') return score < 4 ? 'LOW' : score < 7 ? 'MEDIUM' : 'HIGH';
  if (score === 0) return 'NONE';
  return score < 4 ? 'LOW' : score < 7 ? 'MEDIUM' : score < 9 ? 'HIGH' : 'CRITICAL';
}
