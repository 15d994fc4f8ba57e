import type { Asset } from '../../domain/asset/asset.ts';
import type { LossBand, LossPolicy } from '../../domain/fair/loss-policy.ts';
import type { EventLoss, Magnitude } from '../../domain/fair/magnitude.ts';
import { isTailHeavy, momentsOf } from './magnitude.ts';
import { threeDigits } from './significant-digits.ts';
import { usd } from './words.ts';

/** What one event on an asset costs, and who says so. */
export interface KnownEventLoss {
  readonly event: EventLoss;
  readonly assumptions: readonly string[];
}

/**
 * What one event on an asset costs: as the asset says, else as the configuration says of its criticality. Null: nobody says.
 * @param criticality 1 to 5; null where not known
 */
export function findEventLoss(
  asset: Pick<Asset, 'eventLoss'>,
  criticality: number | null,
  policy: LossPolicy,
): KnownEventLoss | null {
  const { distribution } = policy;
  const band = criticality === null ? undefined : policy.bands[String(criticality)];
  // Subjects that an older version has stored do not say either.
  const own = asset.eventLoss ?? null;
  const said: LossBand | null = own ?? band ?? null;
  if (said === null) return null;
  const { secondary } = policy;
  const origin = own === null ? `the configuration's band for criticality ${criticality}` : "the asset's own";
  const event: EventLoss = {
    primary: toMagnitude(said, distribution),
    secondary:
      secondary === null
        ? null
        : { probability: secondary.probability, magnitude: toMagnitude(secondary, distribution) },
  };
  return {
    event,
    assumptions: [
      `one event costs ${usd(said.low)} to ${usd(said.high)} (${origin}), ${SHAPE[distribution]}`,
      secondary === null
        ? 'primary and secondary loss are in that amount together'
        : `secondary loss beside it in ${secondary.probability} of the events, ${usd(secondary.low)} to ${usd(secondary.high)} (configuration)`,
      ...(isTailHeavy(event.primary)
        ? [
            `that range is so wide that one event costs ${usd(threeDigits(momentsOf(event).mean))} on average, more than its 95th percentile: the figures hang on events too rare to be simulated; a narrower range tells more`,
          ]
        : []),
    ],
  };
}

const SHAPE: Readonly<Record<Magnitude['distribution'], string>> = {
  lognormal: 'its 5th and 95th percentiles, lognormal',
  pert: 'taken as its least and its most, PERT',
};

function toMagnitude({ low, high, mostLikely }: LossBand, distribution: Magnitude['distribution']): Magnitude {
  return {
    distribution,
    low,
    high,
    mode: distribution === 'pert' ? (mostLikely ?? Math.sqrt(low) * Math.sqrt(high)) : null,
  };
}
