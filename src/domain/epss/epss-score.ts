import type { CveId } from '../cve/cve-id.ts';

/** FIRST's EPSS for one CVE: the probability of exploitation activity in the next 30 days. */
export interface EpssScore {
  readonly cveId: CveId;
  /** 0 to 1. */
  readonly probability: number;
  /** Share of scored CVEs at or below this one, 0 to 1; null on days whose file had no percentile column. */
  readonly percentile: number | null;
  /** The day that the score was published for, `YYYY-MM-DD`; null where the file does not say. */
  readonly date: string | null;
}
