import type { RiskUnknown } from '../../domain/assessment/finding-schema.ts';
import type { EventLoss } from '../../domain/fair/magnitude.ts';
import { type AttemptInputs, estimateAttempts } from './attempts.ts';
import { momentsOf } from './magnitude.ts';
import { threeDigits } from './significant-digits.ts';
import { usd } from './words.ts';

/** What of a loss's inputs is not known, and what a year is expected to cost at its worst and at its best. */
export function unknownsOfLoss(
  inputs: AttemptInputs,
  isListingUnread: boolean,
  susceptibility: number,
  event: EventLoss,
): RiskUnknown[] {
  const { mean } = momentsOf(event);
  const expect = (over: Partial<AttemptInputs>) =>
    usd(threeDigits((estimateAttempts({ ...inputs, ...over })?.perYear ?? 0) * susceptibility * mean));
  const unknown = (name: string, worse: Partial<AttemptInputs>, better: Partial<AttemptInputs>): RiskUnknown => ({
    name,
    affects: 'loss.ale',
    ifWorse: expect(worse),
    ifBetter: expect(better),
  });
  return [
    ...(inputs.epss === null ? [unknown('epss', { epss: 1 }, { epss: 0 })] : []),
    ...(isListingUnread ? [unknown('kev', { isListed: true }, { isListed: false })] : []),
    ...(inputs.exposure === null ? [unknown('exposure', { exposure: 'open' }, { exposure: 'small' })] : []),
  ];
}
