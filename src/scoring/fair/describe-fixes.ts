import type { Portfolio } from '../../domain/assessment/loss-schema.ts';
import type { LossPolicy } from '../../domain/fair/loss-policy.ts';
import type { LossShare } from '../../domain/fair/loss-share.ts';
import type { AssetExposure } from './asset-exposure.ts';
import { rankFixes } from './rank-fixes.ts';
import { threeDigits } from './significant-digits.ts';

/** Fixes that the document lists. */
const FIXES_LISTED = 50;
/** Ids of each kind that a fix lists. */
const IDS_LISTED = 100;

/** What a fix covers. */
interface Reach {
  readonly words: string;
  readonly vulnerabilityIds: Set<string>;
  readonly assetIds: Set<string>;
  findings: number;
}

/** The fixes that take most away, with what they cover and, where their cost is known, what they return. */
export function describeFixes(
  exposures: readonly AssetExposure[],
  shares: readonly LossShare[],
  { fixCost }: LossPolicy,
): Pick<Portfolio, 'fixes' | 'fixCount'> {
  const ranked = rankFixes(exposures, FIXES_LISTED);
  const reaches = reachOf(shares, new Set(ranked.map(({ identity }) => identity)));
  return {
    fixCount: new Set(shares.map(({ fix }) => fix.identity)).size,
    fixes: ranked.flatMap(({ identity, aleRemoved, cumulativeShare }) => {
      const reach = reaches.get(identity);
      if (reach === undefined) return [];
      const { words, vulnerabilityIds, assetIds, findings } = reach;
      const cost = fixCost === null ? null : fixCost.perFix + fixCost.perAsset * assetIds.size;
      return {
        fix: words,
        vulnerabilityIds: firstOf(vulnerabilityIds),
        assetIds: firstOf(assetIds),
        findings,
        assets: assetIds.size,
        aleRemoved: threeDigits(aleRemoved),
        cumulativeShare: threeDigits(cumulativeShare),
        cost,
        // Without a cost there is nothing to divide by.
        returnOnInvestment: cost === null || cost === 0 ? null : threeDigits((aleRemoved - cost) / cost),
      };
    }),
  };
}

function reachOf(shares: readonly LossShare[], wanted: ReadonlySet<string>): ReadonlyMap<string, Reach> {
  const reaches = new Map<string, Reach>();
  for (const { fix, vulnerabilityId, asset } of shares) {
    if (!wanted.has(fix.identity)) continue;
    const reach = reaches.get(fix.identity) ?? {
      words: fix.words,
      vulnerabilityIds: new Set(),
      assetIds: new Set(),
      findings: 0,
    };
    reach.vulnerabilityIds.add(vulnerabilityId);
    reach.assetIds.add(asset.id);
    reach.findings += 1;
    reaches.set(fix.identity, reach);
  }
  return reaches;
}

function firstOf(ids: ReadonlySet<string>): string[] {
  return [...ids].sort().slice(0, IDS_LISTED);
}
