import type { Asset } from '../../domain/asset/asset.ts';
import type { LossPolicy } from '../../domain/fair/loss-policy.ts';
import { nineDigits, threeDigits } from './significant-digits.ts';

/**
 * Share of the attempts that a control in the path of a vulnerability lets through; our assumption. It is less than what makers of controls say, and
 * each further control is taken to stop as much of what is left.
 */
const LET_THROUGH = 0.5;

/** Share of the attempts that come to a loss, and who says so. */
export interface Susceptibility {
  /** 0 to 1. */
  readonly value: number;
  readonly words: string;
}

/**
 * FAIR's vulnerability: as the asset says it, which holds with its controls in place; else the usual one, less what the controls stop that stand in
 * the vulnerability's path.
 */
export function findSusceptibility(
  asset: Pick<Asset, 'susceptibility'>,
  controls: readonly string[],
  policy: LossPolicy,
): Susceptibility {
  // Subjects that an older version has stored do not say.
  const own = asset.susceptibility ?? null;
  if (own !== null) return { value: own, words: `susceptibility ${own}: the asset's own` };
  const value = nineDigits(policy.susceptibility * LET_THROUGH ** controls.length);
  const origin = policy.isSusceptibilityGiven
    ? 'the configuration'
    : 'our default, an assumption: the asset does not say its own';
  const stopped =
    controls.length === 0 ? '' : `; × ${LET_THROUGH} for each control in its path (assumption): ${controls.join(', ')}`;
  return {
    value,
    words: `susceptibility ${threeDigits(value)}: ${controls.length === 0 ? '' : `${policy.susceptibility}, `}${origin}${stopped}`,
  };
}
