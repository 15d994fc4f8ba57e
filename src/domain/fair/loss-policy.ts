import type { Magnitude } from './magnitude.ts';

/** What one event costs at least and at most, USD; `mostLikely` is PERT's. */
export interface LossBand {
  readonly low: number;
  readonly high: number;
  readonly mostLikely?: number | undefined;
}

/** How losses are estimated where an asset does not say it itself; plain data. */
export interface LossPolicy {
  /** What one event costs by the criticality of the asset, `1` to `5`. */
  readonly bands: Readonly<Record<string, LossBand>>;
  readonly distribution: Magnitude['distribution'];
  /** Share of the attempts that come to a loss on assets that do not say their own. */
  readonly susceptibility: number;
  /** Whether the configuration says so, and not ERAS. */
  readonly isSusceptibilityGiven: boolean;
  /** Simulated years. */
  readonly iterations: number;
  readonly secondary: (LossBand & { readonly probability: number }) | null;
  /** What making a fix costs, USD. */
  readonly fixCost: { readonly perFix: number; readonly perAsset: number } | null;
}

/**
 * Nothing but what an asset says itself. Susceptibility 0.1 is our assumption: EPSS counts attempts that were seen anywhere, most of which neither
 * find a given asset nor come through what stands in front of it. 10,000 years give an expectation to about 2 % where losses span two orders of
 * magnitude.
 */
export const DEFAULT_LOSS_POLICY: LossPolicy = {
  bands: {},
  distribution: 'lognormal',
  susceptibility: 0.1,
  isSusceptibilityGiven: false,
  iterations: 10_000,
  secondary: null,
  fixCost: null,
};
