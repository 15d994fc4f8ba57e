import type { EpssScore } from './epss-score.ts';

/** FIRST's scores of one day. */
export interface EpssDay {
  /** Such as `v2025.03.14`; null where the file does not say. */
  readonly modelVersion: string | null;
  /** `YYYY-MM-DD`; null where the file does not say (before 2022). */
  readonly date: string | null;
  readonly scores: readonly EpssScore[];
  /** Rows that could not be read and were left out. */
  readonly unreadable: number;
}
