/** What two builds' runs of one figure come to. */
export interface Verdict {
  readonly verdict: 'faster' | 'slower' | 'no difference';
  /** Medians of both, in the unit of the runs. */
  readonly before: number;
  readonly after: number;
  /** Median of the pairs' ratios, after to before. */
  readonly ratio: number;
  /** How likely as one-sided a series is where nothing differs (exact two-sided sign test). */
  readonly p: number;
}

const SIGNIFICANT = 0.05;
/** Less than this is nobody's concern, however sure. */
const LEAST_CHANGE = 0.02;

/**
 * Tells a change from noise: runs come in pairs made right after one another, so that what disturbs the machine disturbs both. A sign test asks nothing of how
 * times are distributed. Pairs that are equal count for neither side.
 */
export function judgePairs(pairs: readonly (readonly [before: number, after: number])[]): Verdict {
  const slower = pairs.filter(([before, after]) => after > before).length;
  const faster = pairs.filter(([before, after]) => after < before).length;
  const p = signTest(Math.min(slower, faster), slower + faster);
  const ratio = medianOf(pairs.map(([before, after]) => after / before));
  const isChange = p < SIGNIFICANT && Math.abs(ratio - 1) >= LEAST_CHANGE;
  return {
    verdict: !isChange ? 'no difference' : ratio < 1 ? 'faster' : 'slower',
    before: medianOf(pairs.map(([before]) => before)),
    after: medianOf(pairs.map(([, after]) => after)),
    ratio,
    p,
  };
}

/** Two-sided probability of at most so few of so many tosses of a fair coin. */
export function signTest(few: number, tosses: number): number {
  let [term, sum] = [1, 1];
  for (let heads = 1; heads <= few; heads += 1) {
    term *= (tosses - heads + 1) / heads;
    sum += term;
  }
  return Math.min(1, (2 * sum) / 2 ** tosses);
}

function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((left, right) => left - right);
  const middle = Math.floor(sorted.length / 2);
  const [upper = Number.NaN, lower = upper] = [
    sorted[middle],
    sorted.length % 2 === 0 ? sorted[middle - 1] : undefined,
  ];
  return (upper + lower) / 2;
}
