import type { TokenUsage } from './token-usage.ts';

/** What calls came to, over some period or assessment. Money in USD, null where a price is not known. */
export interface CostTotals {
  readonly calls: number;
  readonly usage: TokenUsage;
  readonly costUsd: number | null;
  readonly refusals: number;
  /** Calls whose cost nobody told (`sent`, `lost`), and the most that they cost; not part of `costUsd`. */
  readonly unfinished: { readonly calls: number; readonly mostUsd: number | null };
}

/** One line of `eras costs`. */
export interface CostLine extends CostTotals {
  readonly key: string;
}

/** The sums that a store makes of the calls of a line, as its columns are called. */
export interface SummedCalls {
  readonly key: string;
  readonly calls: number;
  readonly input: number;
  readonly cache_write_5m: number;
  readonly cache_write_1h: number;
  readonly cache_read: number;
  readonly output: number;
  readonly cost_usd: number | null;
  /** Calls without a price. */
  readonly unpriced: number;
  readonly refusals: number;
  readonly unfinished: number;
  readonly unfinished_usd: number | null;
  readonly unfinished_unpriced: number;
}

/** A line of its sums: what one call leaves unknown is not known of all. */
export function toCostLine(sums: SummedCalls): CostLine {
  return {
    key: sums.key,
    calls: sums.calls,
    usage: {
      input: sums.input,
      cacheWrite5m: sums.cache_write_5m,
      cacheWrite1h: sums.cache_write_1h,
      cacheRead: sums.cache_read,
      output: sums.output,
    },
    costUsd: sums.unpriced > 0 ? null : toMoney(sums.cost_usd),
    refusals: sums.refusals,
    unfinished: { calls: sums.unfinished, mostUsd: sums.unfinished_unpriced > 0 ? null : toMoney(sums.unfinished_usd) },
  };
}

/** A token costs 10⁻⁹ USD at the least; what is beyond is left by the order in which a store adds. */
const DECIMALS = 12;

function toMoney(sum: number | null): number | null {
  return sum === null ? null : Number(sum.toFixed(DECIMALS));
}
