const DIGITS = 3;

/** A value to three significant digits, for readers: more than an estimate of money knows would be untrue. */
export function threeDigits(value: number): number {
  return Number(value.toPrecision(DIGITS));
}

/**
 * A value that others are computed from: nine significant digits, so that what is derived of it is rounded once, and so that machines whose logarithms
 * differ in their last digit agree.
 */
export function nineDigits(value: number): number {
  return Number(value.toPrecision(9));
}

/** The standard deviation that rounding to three digits has: of a value that is uniform over one step of the last digit. */
export function roundingError(value: number): number {
  return value === 0 ? 0 : 10 ** (Math.floor(Math.log10(Math.abs(value))) - DIGITS + 1) / Math.sqrt(12);
}
