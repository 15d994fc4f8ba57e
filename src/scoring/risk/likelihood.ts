import type { Automatable, Exploitation, Exposure } from '../../domain/ssvc/decision-points.ts';

/** What likelihood is judged from; `epss` is a probability, 0 to 1. */
export interface LikelihoodInputs {
  readonly exploitation: Exploitation;
  readonly epss: number;
  readonly automatable: Automatable;
  readonly exposure: Exposure;
}

/**
 * Lower bounds of the EPSS bands, probability of exploitation in 30 days. Of the 288,518 scores of 2026-08-16, 1.2 % reach
 * 0.5, 4.8 % reach 0.1 and 40 % reach 0.01.
 */
export const EPSS_BANDS = [
  { atLeast: 0.5, likelihood: 4 },
  { atLeast: 0.1, likelihood: 3 },
  { atLeast: 0.01, likelihood: 2 },
] as const;

/** What exposure takes away: an attacker must first be somewhere else (SSVC System Exposure 1.0.1). */
export const EXPOSURE_REDUCTION: Readonly<Record<Exposure, number>> = { open: 0, controlled: 1, small: 2 };

/** What controls in the path take away, however many they are: our judgement, one band, since controls are bypassed and none mends anything. */
const CONTROL_REDUCTION = 1;

/**
 * Likelihood of exploitation, 1 to 5. Evidence of exploitation beats any forecast (FIRST's own guidance for EPSS: known exploitation
 * supersedes the probability); a public proof of concept is worth at least the second band; an attack that can be automated
 * is one band likelier (records that CISA marks automatable have 3.7 times the mean EPSS of the others).
 */
export function scoreLikelihood(inputs: LikelihoodInputs, isControlled = false): number {
  const { exploitation, epss, automatable, exposure } = inputs;
  const forecast = Math.max(epssBand(epss), exploitation === 'public_poc' ? 2 : 1) + (automatable === 'yes' ? 1 : 0);
  const unshielded = exploitation === 'active' ? 5 : Math.min(forecast, 5);
  return Math.max(1, unshielded - EXPOSURE_REDUCTION[exposure] - (isControlled ? CONTROL_REDUCTION : 0));
}

function epssBand(epss: number): number {
  return EPSS_BANDS.find((band) => epss >= band.atLeast)?.likelihood ?? 1;
}
