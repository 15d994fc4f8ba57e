import type { Config } from '../config/config.ts';
import type { LossConfig } from '../config/loss-config.ts';
import { DEFAULT_LOSS_POLICY, type LossPolicy } from '../domain/fair/loss-policy.ts';
import { DEFAULT_LEVEL_THRESHOLDS, type LevelThresholds } from '../scoring/risk/level.ts';

/** What decides levels and losses, as a configuration says it, else by the defaults. */
export function toPolicies({ levels, loss }: Pick<Config, 'levels' | 'loss'>): {
  thresholds: LevelThresholds;
  lossPolicy: LossPolicy;
} {
  return { thresholds: levels ?? DEFAULT_LEVEL_THRESHOLDS, lossPolicy: toLossPolicy(loss) };
}

/** How losses are estimated: as the configuration says, else by the defaults. */
export function toLossPolicy(config: LossConfig | null): LossPolicy {
  const { bands, distribution, susceptibility, iterations, secondary, fixCost } = config ?? {};
  const usual = DEFAULT_LOSS_POLICY;
  return {
    bands: Object.fromEntries(Object.entries(bands ?? {}).flatMap(([key, band]) => (band ? [[key, band]] : []))),
    distribution: distribution ?? usual.distribution,
    susceptibility: susceptibility ?? usual.susceptibility,
    isSusceptibilityGiven: susceptibility !== undefined,
    iterations: iterations ?? usual.iterations,
    secondary: secondary ?? usual.secondary,
    fixCost: fixCost ?? usual.fixCost,
  };
}
