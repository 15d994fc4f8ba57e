import quickselect from 'quickselect';
import type { Loss } from '../../domain/assessment/loss-schema.ts';
import type { Moments } from './magnitude.ts';
import { roundingError, threeDigits } from './significant-digits.ts';

/** What simulated years come to, three significant digits. */
export type YearlyLoss = Pick<
  Loss,
  'ale' | 'standardError' | 'p50' | 'p90' | 'p95' | 'var95' | 'es95' | 'lossExceedance'
>;

/** Points of the curve: shares of the years that have an event. */
const CURVE = [1, 0.5, 0.25, 0.1, 0.05, 0.02, 0.01] as const;
/** A point of the curve rests on at least so many simulated years. */
const LEAST_YEARS = 5;
const NO_LOSS: YearlyLoss = {
  ale: 0,
  standardError: 0,
  p50: 0,
  p90: 0,
  p95: 0,
  var95: 0,
  es95: 0,
  lossExceedance: [{ loss: 0, probability: 1 }],
};

/**
 * Sums up years that have events, in whatever order (they are put into another one), together with those that have none.
 *
 * The standard error is the estimator's own, from the moments of an event's loss: from the sample it would be too small where losses are rare and
 * large. It holds the rounding of the expectation, too.
 * @param rate events a year
 */
export function summariseYears(years: Float64Array, rate: number, { mean, meanSquare }: Moments): YearlyLoss {
  if (rate === 0 || years.length === 0) return NO_LOSS;
  const share = -Math.expm1(-rate);
  const ale = share * (years.reduce((sum, loss) => sum + loss, 0) / years.length);
  const variance = (rate * meanSquare + (rate * mean) ** 2) / share - ((rate * mean) / share) ** 2;
  const simulated = share * Math.sqrt(Math.max(0, variance) / years.length);
  orderAt(
    years,
    [0.5, 0.1, 0.05, ...CURVE.map((part) => part * share)].map((one) => placeOf(years, share, one)),
  );
  const p95 = threeDigits(lossAt(years, share, 0.05));
  return {
    ale: threeDigits(ale),
    standardError: threeDigits(Math.hypot(simulated, roundingError(ale))),
    p50: threeDigits(lossAt(years, share, 0.5)),
    p90: threeDigits(lossAt(years, share, 0.1)),
    p95,
    var95: p95,
    es95: threeDigits(expectedShortfall(years, share, 0.05)),
    lossExceedance: [
      { loss: 0, probability: 1 },
      ...CURVE.filter((part) => part * years.length >= LEAST_YEARS).map((part) => ({
        loss: threeDigits(lossAt(years, share, part * share)),
        probability: threeDigits(part * share),
      })),
    ],
  };
}

/** The loss that is reached with this probability; 0 where more years than that have no event. */
function lossAt(years: Float64Array, share: number, probability: number): number {
  return probability > share ? 0 : (years[placeOf(years, share, probability)] ?? 0);
}

function placeOf(years: Float64Array, share: number, probability: number): number {
  return Math.max(0, years.length - Math.floor((years.length * probability) / share) - 1);
}

/** Puts those years that are asked for where sorting would, what is less before and what is more behind them: a third of the time of sorting. */
function orderAt(years: Float64Array, places: readonly number[]): void {
  let from = 0;
  for (const place of [...new Set(places)].sort((one, other) => one - other)) {
    // The library only reads and writes elements, which its types say of arrays alone.
    quickselect(years as unknown as number[], place, from, years.length - 1, byValue);
    from = place + 1;
  }
}

function byValue(one: number, other: number): number {
  return one - other;
}

/** The mean of the worst years, as many of them as `probability` says (Acerbi and Tasche, 2002); at least the loss at that probability. */
function expectedShortfall(years: Float64Array, share: number, probability: number): number {
  const worse = (years.length * probability) / share;
  const whole = Math.min(Math.floor(worse), years.length);
  const rest = Math.min(worse, years.length) - whole;
  const sum = years.subarray(years.length - whole).reduce((total, loss) => total + loss, 0);
  return (sum + rest * (years[years.length - whole - 1] ?? 0)) / worse;
}
