import type { Asset } from '../../domain/asset/asset.ts';
import { EXPOSURE } from '../../domain/ssvc/decision-points.ts';
import { clipLine } from '../../kernel/clip.ts';

/** Whether an item leaves something open that what depends on it may tell. */
export function isOpen(asset: Asset, hasExposure: boolean): boolean {
  return asset.criticality === null || asset.owner === null || (hasExposure && asset.exposure === null);
}

/**
 * An item with what it leaves open taken from what needs it, level by level, the nearest first: the highest criticality, the widest exposure, and the owner of the most critical.
 * What the item says itself stays. Which came from where is told.
 */
export function inheritFrom(asset: Asset, levels: readonly (readonly Asset[])[]): Asset {
  const criticality = asset.criticality === null ? worst(levels, criticalityRank) : null;
  const exposure = asset.exposure === null ? worst(levels, exposureRank) : null;
  const owner = asset.owner === null ? worst(levels, ownerRank) : null;
  const inherited = {
    ...(criticality === null ? {} : { criticality: from(criticality) }),
    ...(exposure === null ? {} : { exposure: from(exposure) }),
    ...(owner === null ? {} : { owner: from(owner) }),
  };
  const told = Object.entries(inherited);
  if (told.length === 0) return asset;
  return {
    ...asset,
    criticality: asset.criticality ?? criticality?.criticality ?? null,
    exposure: asset.exposure ?? exposure?.exposure ?? null,
    owner: asset.owner ?? owner?.owner ?? null,
    inherited,
    source: `${asset.source}; ${told.map(([what, whom]) => `${what} of ${whom}`).join(', ')}`,
  };
}

const LONGEST_NAME = 80;

function from({ id, name, source }: Asset): string {
  return `${clipLine(name ?? id, LONGEST_NAME)}, which depends on it (${source})`;
}

/** Of the first level that says anything the asset that ranks highest, of equals the one whose id comes first; 0 is unknown. */
function worst(levels: readonly (readonly Asset[])[], rank: (asset: Asset) => number): Asset | null {
  for (const level of levels) {
    const saying = level.filter((asset) => rank(asset) > 0);
    const [first] = saying.toSorted((one, other) => rank(other) - rank(one) || (one.id < other.id ? -1 : 1));
    if (first !== undefined) return first;
  }
  return null;
}

const criticalityRank = ({ criticality }: Asset): number => criticality ?? 0;
const ownerRank = ({ owner, criticality }: Asset): number => (owner === null ? 0 : 1 + (criticality ?? 0));

/** SSVC's values stand from the narrowest to the widest. */
function exposureRank({ exposure }: Asset): number {
  return exposure === null ? 0 : EXPOSURE.indexOf(exposure) + 1;
}
