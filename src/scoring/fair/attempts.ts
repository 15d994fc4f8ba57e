import type { Exposure } from '../../domain/ssvc/decision-points.ts';
import { nineDigits } from './significant-digits.ts';

/** What the attempts are estimated from; null is not known. */
export interface AttemptInputs {
  /** EPSS: probability of exploitation in the next 30 days, 0 to 1. */
  readonly epss: number | null;
  /** Whether CISA lists it as exploited; false also where that could not be read. */
  readonly isListed: boolean;
  readonly exposure: Exposure | null;
}

/** How often somebody tries. */
export interface Attempts {
  /** Probability of at least one attempt in 30 days, 0 to 0.99. */
  readonly probability: number;
  /** FAIR's threat event frequency; not rounded for readers, since losses are computed from it. */
  readonly perYear: number;
}

/**
 * What a listing adds: in half of the months that EPSS leaves free, exploitation is taken to go on. Our assumption; NIST CSWP 41 goes further
 * and takes the probability of a listed vulnerability as 1. FIRST says that known exploitation supersedes EPSS.
 */
export const LISTED_PROBABILITY = 0.5;

/**
 * Share of the attempts that reach the asset; our assumption, and the same as for priority. The order is SSVC's (System Exposure 1.0.1). Unknown is
 * taken as open.
 */
export const REACH: Readonly<Record<Exposure, number>> = { open: 1, controlled: 0.6, small: 0.3 };

/** No forecast is certain, and certainty would be infinitely many attempts. */
export const GREATEST_PROBABILITY = 0.99;

/** EPSS speaks of 30 days. */
const WINDOWS_PER_YEAR = 365 / 30;

/**
 * Attempts a year: of a Poisson process that has none in 30 days with probability 1 − p, the rate is −ln(1 − p) a window. Null where nothing is known
 * of p. Monotone in each input.
 */
export function estimateAttempts({ epss, isListed, exposure }: AttemptInputs): Attempts | null {
  if (epss === null && !isListed) return null;
  const anywhere = 1 - (1 - (epss ?? 0)) * (isListed ? 1 - LISTED_PROBABILITY : 1);
  const probability = Math.min(anywhere * REACH[exposure ?? 'open'], GREATEST_PROBABILITY);
  return { probability, perYear: nineDigits(-Math.log1p(-probability) * WINDOWS_PER_YEAR) };
}
