import type { Automatable, Exploitation, Exposure } from '../../domain/ssvc/decision-points.ts';

/** What priority is estimated from. */
export interface PriorityInputs {
  readonly exploitation: Exploitation;
  /** EPSS probability, 0 to 1; null where there is none. */
  readonly epss: number | null;
  /** CVSS base score, 0 to 10; null where nobody has scored. Stands in for a missing EPSS only. */
  readonly baseScore: number | null;
  readonly automatable: Automatable;
  readonly exposure: Exposure;
  /** 1 to 5, see `scoreImpact`. */
  readonly impact: number;
}

/**
 * Mean EPSS by CVSS base score, measured on the 26,000 CVE records with CISA's container of October 2024 and the scores
 * of 2026-08-16: the expectation where EPSS itself is missing.
 */
export const EXPECTED_EPSS = [
  { atLeast: 9, probability: 0.085 },
  { atLeast: 7, probability: 0.028 },
  { atLeast: 4, probability: 0.011 },
  { atLeast: 0, probability: 0.006 },
] as const;
export const EXPECTED_EPSS_UNSCORED = 0.014;

/**
 * How much likelier exploitation is than EPSS says, in odds. On the same records, mean EPSS is 1.8 times higher with a public proof
 * of concept and 3.7 times with an automatable attack, but EPSS knows most of that already: a small part of it ranks the
 * hidden KEV entries among them best. Chosen on those records, as is the share of impact.
 */
export const PROOF_OF_CONCEPT_ODDS = 1.2;
export const AUTOMATABLE_ODDS = 1.2;

/** Share of attackers that reach the system; our judgement, the order is SSVC's. */
export const REACH: Readonly<Record<Exposure, number>> = { open: 1, controlled: 0.6, small: 0.3 };

/** Known exploitation takes the upper 30 points of the scale, so that it ranks above every forecast on equal ground. */
export const FORECAST_CEILING = 0.7;
export const ACTIVE_FLOOR = 0.9;
/** Share of the scale that impact moves; the rest is probability. Cubed, the worst impact counts 1.6 times the least. */
export const IMPACT_SHARE = 0.15;

/**
 * Priority, 0 to 100, for ranking only: expected harm (probability of exploitation × impact) on a compressed scale.
 * Monotone in each input. EPSS spans four orders of magnitude, so forecasts are shown by their cube root: 0.001 and 0.9 would
 * otherwise read 0 and 63.
 */
export function estimatePriority(inputs: PriorityInputs): number {
  const weight = 1 - IMPACT_SHARE + (IMPACT_SHARE * (inputs.impact - 1)) / 4;
  return 100 * exploitationScale(inputs) * weight;
}

function exploitationScale(inputs: PriorityInputs): number {
  const forecast = forecastProbability(inputs) * REACH[inputs.exposure];
  if (inputs.exploitation === 'active') {
    return ACTIVE_FLOOR + (1 - ACTIVE_FLOOR) * forecast - 0.1 * (1 - REACH[inputs.exposure]);
  }
  return FORECAST_CEILING * Math.cbrt(forecast);
}

/** EPSS, or what it would be expected to say, moved by evidence that it may not have seen yet. 0 to 1. */
function forecastProbability({ epss, baseScore, exploitation, automatable }: PriorityInputs): number {
  const probability = epss ?? expectedEpss(baseScore);
  if (probability >= 1) return 1;
  const evidence =
    (exploitation === 'none' ? 1 : PROOF_OF_CONCEPT_ODDS) * (automatable === 'yes' ? AUTOMATABLE_ODDS : 1);
  const odds = (probability / (1 - probability)) * evidence;
  return odds / (1 + odds);
}

function expectedEpss(baseScore: number | null): number {
  if (baseScore === null) return EXPECTED_EPSS_UNSCORED;
  return EXPECTED_EPSS.find(({ atLeast }) => baseScore >= atLeast)?.probability ?? EXPECTED_EPSS_UNSCORED;
}
