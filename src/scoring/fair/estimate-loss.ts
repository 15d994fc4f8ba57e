import type { RiskUnknown } from '../../domain/assessment/finding-schema.ts';
import type { Loss } from '../../domain/assessment/loss-schema.ts';
import type { Asset } from '../../domain/asset/asset.ts';
import type { LossPolicy } from '../../domain/fair/loss-policy.ts';
import type { EventLoss } from '../../domain/fair/magnitude.ts';
import type { CveFacts } from '../../domain/finding/cve-facts.ts';
import { recordOf } from '../../domain/source/lookup.ts';
import type { Exposure } from '../../domain/ssvc/decision-points.ts';
import { fnv1a } from '../../kernel/fnv1a.ts';
import { attemptWords } from './attempt-words.ts';
import { type AttemptInputs, estimateAttempts } from './attempts.ts';
import { findEventLoss } from './event-loss.ts';
import { iterationsFor, iterationsWords } from './iterations.ts';
import { createLossSampler, momentsOf } from './magnitude.ts';
import { createRandom } from './random.ts';
import { simulateYears } from './simulate-years.ts';
import { summariseYears } from './summarise-years.ts';
import { findSusceptibility } from './susceptibility.ts';
import { unknownsOfLoss } from './unknowns-of-loss.ts';

/** How losses are estimated in a run; plain data. */
export interface LossTerms {
  readonly policy: LossPolicy;
  /** Findings of the run that may have a loss, about: they share what can be simulated. */
  readonly simulations: number;
}

/** What a loss is estimated from. */
export interface LossCase {
  /** Stable id of the finding: the seed comes of it, so that a finding's loss moves with its inputs and not by chance. */
  readonly findingId: string;
  readonly facts: Pick<CveFacts, 'epss' | 'kev'>;
  readonly asset: Pick<Asset, 'eventLoss' | 'susceptibility'>;
  /** Controls of the asset that stand in the path of the vulnerability. */
  readonly controls: readonly string[];
  readonly exposure: Exposure | null;
  /** 1 to 5; null where not known. */
  readonly criticality: number | null;
}

/** A finding's loss, null where it cannot be told, and what of it is unknown. */
export interface LossEstimate {
  readonly loss: Loss | null;
  readonly unknowns: readonly RiskUnknown[];
}

/**
 * What a vulnerability on an asset may cost in a year, by FAIR (Open FAIR: O-RA 2.0.1, O-RT 3.0.1): attempts × susceptibility is a Poisson rate of
 * events, each of which costs an amount of its own. Pure: equal cases give equal losses. Null where nobody says what an event costs, or where
 * nothing is known of the probability.
 */
export function estimateLoss(one: LossCase, { policy, simulations }: LossTerms): LossEstimate {
  const known = findEventLoss(one.asset, one.criticality, policy);
  if (known === null) return { loss: null, unknowns: [] };
  const inputs: AttemptInputs = {
    epss: recordOf(one.facts.epss)?.probability ?? null,
    isListed: one.facts.kev.kind === 'found',
    exposure: one.exposure,
  };
  const { value: susceptibility, words } = findSusceptibility(one.asset, one.controls, policy);
  const unknowns = unknownsOfLoss(inputs, one.facts.kev.kind === 'unavailable', susceptibility, known.event);
  const attempts = estimateAttempts(inputs);
  if (attempts === null) return { loss: null, unknowns };
  const rate = attempts.perYear * susceptibility;
  const iterations = iterationsFor(policy.iterations, rate, simulations);
  const seed = fnv1a(one.findingId);
  return {
    loss: {
      ...simulate(known.event, rate, iterations, seed),
      frequencyPerYear: attempts.perYear,
      susceptibility,
      ...describeEvent(known.event),
      iterations,
      seed,
      assumptions: [
        attemptWords(inputs, attempts, recordOf(one.facts.epss)?.date ?? null, one.facts.kev.kind === 'unavailable'),
        words,
        ...known.assumptions,
        iterationsWords(iterations, policy.iterations),
      ],
    },
    unknowns,
  };
}

function simulate(event: EventLoss, rate: number, iterations: number, seed: number) {
  const random = createRandom(seed);
  const years =
    rate === 0 ? new Float64Array() : simulateYears(rate, createLossSampler(event, random), iterations, random);
  return summariseYears(years, rate, momentsOf(event));
}

function describeEvent({ primary, secondary }: EventLoss): Pick<Loss, 'magnitude' | 'secondary'> {
  const describe = ({ distribution, low, high, mode }: EventLoss['primary']) => ({
    distribution,
    p5: low,
    p95: high,
    mode,
  });
  return {
    magnitude: describe(primary),
    secondary: secondary && { probability: secondary.probability, ...describe(secondary.magnitude) },
  };
}
