import type { CvssMetric } from '../../domain/cvss/cvss-metric.ts';
import { parseCvssVector } from '../../domain/cvss/cvss-vector.ts';
import type { CveFacts } from '../../domain/finding/cve-facts.ts';
import { type Lookup, recordOf } from '../../domain/source/lookup.ts';
import { chooseMetric } from '../cvss/choose-metric.ts';
import { type MetricsView, viewMetrics } from '../cvss/metrics-view.ts';
import { verifyMetric } from '../cvss/verify-metric.ts';

/** The CVSS metric that a finding shows, what its vector says, and the look-up that it came from. */
export interface ChosenMetric {
  readonly metric: CvssMetric;
  readonly view: MetricsView | null;
  /** The base score that the vector gives; null where the vector is not valid. */
  readonly recomputed: number | null;
  readonly lookup: Lookup<unknown>;
}

/** Chooses among the metrics of all records; null where nobody whose record could be read has scored the CVE. */
export function chooseFindingMetric(facts: CveFacts): ChosenMetric | null {
  const fromNvd = recordOf(facts.nvd)?.cvss ?? [];
  const fromCveOrg = recordOf(facts.ssvc)?.cvss ?? [];
  const fromReports = facts.reported?.record.cvss ?? [];
  // A report's word counts only where no register has the id.
  const metric = chooseMetric([...fromNvd, ...fromCveOrg]) ?? chooseMetric(fromReports);
  if (metric === null) return null;
  const vector = parseCvssVector(metric.vector);
  return {
    metric,
    view: vector.ok ? viewMetrics(vector.value) : null,
    recomputed: verifyMetric(metric).recomputed,
    lookup: fromNvd.includes(metric)
      ? facts.nvd
      : fromCveOrg.includes(metric)
        ? facts.ssvc
        : (facts.reported ?? facts.nvd),
  };
}
