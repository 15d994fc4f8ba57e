import { NO_FIX } from '../../domain/fair/loss-share.ts';
import type { AssetExposure } from './asset-exposure.ts';

/** A fix and what it takes away from the yearly loss, with those before it made. */
export interface RankedFix {
  readonly identity: string;
  /** USD a year. */
  readonly aleRemoved: number;
  /** Of the whole, with the fixes before it; 0 to 1. */
  readonly cumulativeShare: number;
}

/** An asset while fixes are made on it. */
interface Asset {
  /** What it would cost a year if every attempt came through. */
  readonly scale: number;
  readonly held: Map<string, number>;
}

/**
 * The fixes that take most away, each chosen after those before it, up to `most`: greedy, because what a fix is worth on an asset depends on which
 * other ways in are still open. In closed form, without chance; ties fall to the fix that comes first by its identity.
 */
export function rankFixes(exposures: readonly AssetExposure[], most: number): RankedFix[] {
  const assets = exposures.map(
    ({ attempts, moments, heldByFix }): Asset => ({
      scale: attempts * moments.mean,
      held: new Map(heldByFix),
    }),
  );
  const places = new Map<string, Asset[]>();
  for (const asset of assets) {
    for (const fix of asset.held.keys()) {
      const known = places.get(fix);
      if (known === undefined) places.set(fix, [asset]);
      else known.push(asset);
    }
  }
  const gains = new Map([...places.keys()].sort().map((fix) => [fix, 0]));
  for (const asset of assets) addGains(gains, asset, 1);
  gains.delete(NO_FIX.identity);
  const whole = exposures.reduce((sum, { eventsPerYear, moments }) => sum + eventsPerYear * moments.mean, 0);
  const ranked: RankedFix[] = [];
  let removed = 0;
  while (ranked.length < most && gains.size > 0) {
    const [identity, gain] = best(gains);
    const aleRemoved = Math.max(0, gain);
    removed += aleRemoved;
    ranked.push({ identity, aleRemoved, cumulativeShare: whole === 0 ? 0 : Math.min(1, removed / whole) });
    for (const asset of places.get(identity) ?? []) {
      addGains(gains, asset, -1);
      asset.held.delete(identity);
      addGains(gains, asset, 1);
    }
    gains.delete(identity);
  }
  return ranked;
}

function best(gains: ReadonlyMap<string, number>): [string, number] {
  let found: [string, number] | null = null;
  for (const entry of gains) if (found === null || entry[1] > found[1]) found = entry;
  if (found === null) throw new Error('there is no fix to choose from');
  return found;
}

/** What each fix that is still open would take away from an asset alone, added to the sums of all assets (or, by −1, taken out of them). */
function addGains(gains: Map<string, number>, { scale, held }: Asset, sign: 1 | -1): void {
  // A way in that lets every attempt through makes the product 0: it is left out, and counted.
  let product = 1;
  let open = 0;
  for (const one of held.values()) {
    if (one === 0) open += 1;
    else product *= one;
  }
  for (const [fix, one] of held) {
    const others = one === 0 ? (open > 1 ? 0 : product) : open > 0 ? 0 : product / one;
    const known = gains.get(fix);
    if (known !== undefined) gains.set(fix, known + sign * scale * others * (1 - one));
  }
}
