import type { Finding } from '../assessment/finding-schema.ts';
import type { Loss } from '../assessment/loss-schema.ts';
import { whatToDo } from '../ticket/describe-fix.ts';
import { type Fix, fixIdentity, fixOf } from '../ticket/fix.ts';
import { isLivedWith } from '../ticket/sighting.ts';

/** What the losses of all findings together need of one finding. */
export interface LossShare
  extends Pick<Loss, 'frequencyPerYear' | 'susceptibility' | 'magnitude' | 'secondary' | 'seed'> {
  readonly vulnerabilityId: string;
  readonly asset: { readonly id: string; readonly name: string | null };
  /** The fix that mends it: the same text for the same fix, and its words. */
  readonly fix: { readonly identity: string; readonly words: string };
}

/** In the place of a fix, where people live with the finding: nothing is made, and the loss stays. */
export const NO_FIX = { identity: '', words: '' } as const;

/** A finding's part in the losses of all; null where it has no loss. */
export function toLossShare(
  finding: Pick<Finding, 'vulnerabilityId' | 'asset' | 'loss' | 'component' | 'affected' | 'acceptance' | 'kevStatus'>,
): LossShare | null {
  const { loss, asset, vulnerabilityId } = finding;
  // Findings of an older version do not have the fields.
  if (!loss || !asset) return null;
  const fix: Fix = fixOf(finding);
  const { frequencyPerYear, susceptibility, magnitude, secondary, seed } = loss;
  return {
    vulnerabilityId,
    asset: { id: asset.id, name: asset.name },
    fix: isLivedWith(finding) ? NO_FIX : { identity: fixIdentity(fix), words: whatToDo(fix) },
    frequencyPerYear,
    susceptibility,
    magnitude,
    secondary,
    seed,
  };
}
