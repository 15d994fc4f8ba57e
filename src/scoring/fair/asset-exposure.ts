import type { Loss } from '../../domain/assessment/loss-schema.ts';
import type { LossShare } from '../../domain/fair/loss-share.ts';
import type { EventLoss } from '../../domain/fair/magnitude.ts';
import { fnv1a } from '../../kernel/fnv1a.ts';
import { type Moments, momentsOf } from './magnitude.ts';

/**
 * An asset with all its ways in. Whoever comes to it tries what is open: the attempts on the asset are those on its most attacked vulnerability,
 * each other one is tried in the share of them that its own attempts make, and an attempt that comes through several costs what one event costs.
 * With one way in that is the finding's own loss; with many, losses do not add up beyond the attempts there are.
 */
export interface AssetExposure {
  readonly id: string;
  readonly name: string | null;
  readonly findings: number;
  readonly event: EventLoss;
  readonly moments: Moments;
  /** Of the one finding where there is one, whose figures come again then. */
  readonly seed: number;
  /** Attempts a year on the asset. */
  readonly attempts: number;
  /** By fix: probability that an attempt comes through none of the ways in that it closes. */
  readonly heldByFix: ReadonlyMap<string, number>;
  /** Events a year: attempts × (1 − the product of all of `heldByFix`). */
  readonly eventsPerYear: number;
}

/** Puts the findings of one asset together. */
export function toAssetExposure(shares: readonly LossShare[]): AssetExposure {
  const [first] = shares;
  if (first === undefined) throw new Error('an asset without findings has no loss');
  const attempts = Math.max(...shares.map(({ frequencyPerYear }) => frequencyPerYear));
  const heldByFix = new Map<string, number>();
  for (const { fix, frequencyPerYear, susceptibility } of shares) {
    const through = attempts === 0 ? 0 : (frequencyPerYear / attempts) * susceptibility;
    heldByFix.set(fix.identity, (heldByFix.get(fix.identity) ?? 1) * (1 - through));
  }
  const event = toEventLoss(first);
  return {
    id: first.asset.id,
    name: first.asset.name,
    findings: shares.length,
    event,
    moments: momentsOf(event),
    seed: shares.length === 1 ? first.seed : fnv1a(JSON.stringify(['asset', first.asset.id])),
    attempts,
    heldByFix,
    eventsPerYear: attempts * (1 - [...heldByFix.values()].reduce((product, held) => product * held, 1)),
  };
}

function toEventLoss({ magnitude, secondary }: Pick<Loss, 'magnitude' | 'secondary'>): EventLoss {
  const read = ({ distribution, p5, p95, mode }: Loss['magnitude']) => ({ distribution, low: p5, high: p95, mode });
  return {
    primary: read(magnitude),
    secondary: secondary && { probability: secondary.probability, magnitude: read(secondary) },
  };
}
