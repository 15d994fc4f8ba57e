import { DEFAULT_LOSS_POLICY } from '../../src/domain/fair/loss-policy.ts';
import type { LossShare } from '../../src/domain/fair/loss-share.ts';
import type { LossCase, LossTerms } from '../../src/scoring/fair/estimate-loss.ts';
import { absent, epss, found, kevEntry } from './cve-facts.ts';

/** Cases for tests of losses, from the few things that a test is about. */
export const TERMS: LossTerms = { policy: DEFAULT_LOSS_POLICY, simulations: 1 };

export interface LossInputs {
  readonly findingId?: string;
  readonly epss?: number | null;
  readonly isListed?: boolean;
  readonly exposure?: LossCase['exposure'];
  readonly low?: number;
  readonly high?: number;
  readonly susceptibility?: number | null;
  readonly controls?: readonly string[];
}

export function lossCase({
  findingId = 'finding-1',
  epss: probability = 0.1,
  isListed = false,
  exposure = 'open',
  low = 10_000,
  high = 1_000_000,
  susceptibility = null,
  controls = [],
}: LossInputs = {}): LossCase {
  return {
    findingId,
    facts: {
      epss: probability === null ? absent : epss(probability),
      kev: isListed ? found(kevEntry()) : absent,
    },
    asset: { eventLoss: { low, high }, susceptibility },
    controls,
    exposure,
    criticality: null,
  };
}

export interface ShareInputs {
  readonly vulnerabilityId?: string;
  readonly assetId?: string;
  readonly fix?: string;
  readonly frequencyPerYear?: number;
  readonly susceptibility?: number;
  readonly p5?: number;
  readonly p95?: number;
}

export function lossShare({
  vulnerabilityId = 'CVE-2024-1000',
  assetId = 'web-1',
  fix = 'a',
  frequencyPerYear = 2,
  susceptibility = 0.1,
  p5 = 10_000,
  p95 = 1_000_000,
}: ShareInputs = {}): LossShare {
  return {
    vulnerabilityId,
    asset: { id: assetId, name: null },
    fix: { identity: fix, words: `Upgrade ${fix}` },
    frequencyPerYear,
    susceptibility,
    magnitude: { distribution: 'lognormal', p5, p95, mode: null },
    secondary: null,
    seed: 1,
  };
}
