import type { CvssMetric, CvssVersion } from '../../domain/cvss/cvss-metric.ts';
import { vectorOf } from './verify-metric.ts';

const NEWEST_FIRST: readonly CvssVersion[] = ['4.0', '3.1', '3.0', '2.0'];

const NVD = 'nvd@nist.gov';

// CISA's ADP container, as NVD writes it (the organisation's id in the CVE Program) and as CVE records do.
const CISA_ADP: readonly string[] = ['134c704f-9b21-4f2e-91b3-4a467353bcc0', 'CISA-ADP'];

/**
 * The metric to show and to judge by; null where there is none. A valid vector beats an invalid one, a newer version of
 * CVSS an older one; within a version NVD's own comes first, then `Primary`, then CISA's ADP container, then the others.
 * Among equals the first given wins.
 */
export function chooseMetric(metrics: readonly CvssMetric[]): CvssMetric | null {
  let best: { readonly metric: CvssMetric; readonly rank: number } | null = null;
  for (const metric of metrics) {
    const rank = rankOf(metric);
    if (best === null || rank < best.rank) best = { metric, rank };
  }
  return best?.metric ?? null;
}

/** Lower is better; the weights keep validity above version and version above publisher. */
function rankOf(metric: CvssMetric): number {
  const invalid = vectorOf(metric) === null ? 100 : 0;
  return invalid + NEWEST_FIRST.indexOf(metric.version) * 10 + publisherRank(metric);
}

function publisherRank({ source, type }: CvssMetric): number {
  if (source === NVD) return 0;
  if (type === 'Primary') return 1;
  return CISA_ADP.includes(source) ? 2 : 3;
}
