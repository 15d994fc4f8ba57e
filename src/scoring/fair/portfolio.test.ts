import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lossCase, lossShare, type ShareInputs, TERMS } from '../../../test/support/loss-cases.ts';
import { Portfolio } from '../../domain/assessment/loss-schema.ts';
import { DEFAULT_LOSS_POLICY } from '../../domain/fair/loss-policy.ts';
import { estimateLoss } from './estimate-loss.ts';
import { estimatePortfolio } from './portfolio.ts';

const policy = DEFAULT_LOSS_POLICY;
/** For properties, which are looked at many times. */
const BRIEF = { ...policy, iterations: 1000 };

function portfolioOf(shares: readonly ShareInputs[], used = policy): Portfolio {
  const portfolio = estimatePortfolio(shares.map(lossShare), used);
  if (portfolio === null) throw new Error('no portfolio');
  return Portfolio.parse(portfolio);
}

/** An event that costs 1,000 each time: what is left to be seen is how often. */
const CERTAIN = { p5: 1000, p95: 1000 };

const SHARES = fc.array(
  fc.record({
    vulnerabilityId: fc.constantFrom('CVE-2024-1', 'CVE-2024-2', 'CVE-2024-3', 'CVE-2024-4'),
    assetId: fc.constantFrom('a', 'b', 'c'),
    fix: fc.constantFrom('w', 'x', 'y', 'z'),
    frequencyPerYear: fc.integer({ min: 0, max: 560 }).map((steps) => steps / 10),
    susceptibility: fc.integer({ min: 0, max: 100 }).map((steps) => steps / 100),
  }),
  { minLength: 1, maxLength: 20 },
);
const FIXED = { seed: 5, numRuns: 60 };

describe('the losses of all findings together', () => {
  it('are those of the finding where there is one', () => {
    const { loss } = estimateLoss(lossCase({ epss: 0.3 }), TERMS);
    if (loss === null) throw new Error('no loss');
    const { frequencyPerYear, susceptibility, seed, ale, standardError, var95, es95 } = loss;
    const portfolio = Portfolio.parse(
      estimatePortfolio([{ ...lossShare({ frequencyPerYear, susceptibility }), seed }], policy),
    );
    expect(portfolio).toMatchObject({ ale, standardError, var95, es95, assets: [{ ale, standardError, var95, es95 }] });
    expect(portfolio).toMatchObject({ findings: 1, assetCount: 1, fixCount: 1 });
    expect(portfolio.fixes).toMatchObject([{ fix: 'Upgrade a', cumulativeShare: 1, assets: 1, cost: null }]);
  });

  it('say what a fix takes away rounded once, of rates that are not', () => {
    // −ln(1 − 0.0088) × 365/30 × 0.1 × 266,278 = 2,863.6; of the rate to three digits (0.108) it would be 2,880.
    const { loss } = estimateLoss(lossCase({ epss: 0.0088 }), TERMS);
    if (loss === null) throw new Error('no loss');
    const { frequencyPerYear, susceptibility } = loss;
    expect(frequencyPerYear).toBeCloseTo(0.1075405, 7);
    expect(portfolioOf([{ frequencyPerYear, susceptibility }]).fixes[0]?.aleRemoved).toBe(2860);
    expect(loss.assumptions[0]).toMatch(/^0\.108 attempts a year/);
  });

  it('add up over assets', () => {
    const portfolio = portfolioOf([
      { assetId: 'a', ...CERTAIN },
      { assetId: 'b', ...CERTAIN },
    ]);
    // 2 × (2 attempts × 0.1 × 1,000)
    expect(Math.abs(portfolio.ale - 400)).toBeLessThanOrEqual(4 * portfolio.standardError);
    expect(portfolio.assets.map(({ id, eventsPerYear }) => [id, eventsPerYear])).toEqual([
      ['a', 0.2],
      ['b', 0.2],
    ]);
  });

  it('share the events of an asset: an attempt that comes through two ways in costs once', () => {
    const portfolio = portfolioOf([
      { vulnerabilityId: 'CVE-2024-1', fix: 'a', frequencyPerYear: 2, susceptibility: 0.5, ...CERTAIN },
      { vulnerabilityId: 'CVE-2024-2', fix: 'b', frequencyPerYear: 1, susceptibility: 0.5, ...CERTAIN },
    ]);
    // 2 attempts; the first is come through in 0.5 of them, the second in 0.25: 2 × (1 − 0.5 × 0.75) = 1.25 events.
    expect(portfolio.assets[0]?.eventsPerYear).toBe(1.25);
    expect(Math.abs(portfolio.ale - 1250)).toBeLessThanOrEqual(4 * portfolio.standardError);
    // Without the first 2 × 0.25 = 0.5 events are left: 750 less, 60 %.
    expect(portfolio.fixes.map(({ aleRemoved, cumulativeShare }) => [aleRemoved, cumulativeShare])).toEqual([
      [750, 0.6],
      [500, 1],
    ]);
  });

  it('lose all of it with all fixes, most first by what is left to take', () => {
    fc.assert(
      fc.property(SHARES, (shares) => {
        const { fixes, ale } = portfolioOf(shares, BRIEF);
        const given = fixes.map(({ cumulativeShare }) => cumulativeShare);
        expect(given).toEqual([...given].sort((one, other) => one - other));
        if (ale > 0) expect(given.at(-1)).toBe(1);
      }),
      FIXED,
    );
  });

  it('are never more than the sum of the findings, never less than the worst, with figures in order', () => {
    fc.assert(
      fc.property(SHARES, (shares) => {
        const portfolio = portfolioOf(shares, BRIEF);
        const alone = shares.map((share) => portfolioOf([share], BRIEF));
        const slack = 4 * portfolio.standardError;
        const sum = alone.reduce((total, one) => total + one.ale + 4 * one.standardError, 0);
        expect(portfolio.ale).toBeLessThanOrEqual(sum + slack);
        for (const one of alone) expect(portfolio.ale + slack + 4 * one.standardError).toBeGreaterThanOrEqual(one.ale);
        expect(portfolio.es95).toBeGreaterThanOrEqual(portfolio.var95);
        expect(portfolio.p95).toBeGreaterThanOrEqual(portfolio.p50);
      }),
      { ...FIXED, numRuns: 20 },
    );
  });

  it('are the same whatever the order of the findings', () => {
    const shares = [{ assetId: 'b' }, { assetId: 'a', fix: 'x' }, { assetId: 'a', fix: 'y' }];
    expect(portfolioOf(shares)).toEqual(portfolioOf([...shares].reverse()));
  });

  it('tell what a fix returns where its cost is known', () => {
    const portfolio = estimatePortfolio([lossShare(CERTAIN)], { ...policy, fixCost: { perFix: 30, perAsset: 20 } });
    // 200 a year for 50: (200 − 50) / 50
    expect(portfolio?.fixes[0]).toMatchObject({ aleRemoved: 200, cost: 50, returnOnInvestment: 3 });
  });

  it('list the costliest assets and the first fixes of very many, and count all', () => {
    const many = Array.from({ length: 3000 }, (_, number) => ({
      assetId: `asset-${number}`,
      fix: `fix-${number}`,
      frequencyPerYear: 1 + number / 1000,
    }));
    const portfolio = portfolioOf(many);
    expect([portfolio.assets.length, portfolio.assetCount, portfolio.fixes.length, portfolio.fixCount]).toEqual([
      200, 3000, 50, 3000,
    ]);
    expect(portfolio.fixes[0]?.assetIds).toEqual(['asset-2999']);
    expect(portfolio.assets[0]?.id).toBe('asset-2999');
  });

  it('are null where no finding has one', () => {
    expect(estimatePortfolio([], policy)).toBeNull();
  });
});
