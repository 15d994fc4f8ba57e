import { DEFAULT_LOSS_POLICY } from '../src/domain/fair/loss-policy.ts';
import type { LossShare } from '../src/domain/fair/loss-share.ts';
import { estimateLoss } from '../src/scoring/fair/estimate-loss.ts';
import { estimatePortfolio } from '../src/scoring/fair/portfolio.ts';
import { lossCase, lossShare } from '../test/support/loss-cases.ts';
import { type Figure, toFigure } from './measure.ts';

const RUNS = 5;
/** The 30-day probability of one attempt a year: 1 − e^(−30/365). */
const ONE_A_YEAR = -Math.expm1(-30 / 365);

/** Losses simulated in this process: of single findings, and of all findings of a large run together. */
export function benchMoney(): Figure[] {
  return [
    toFigure(
      '1,000 findings × 10,000 simulated years at one event a year, in process',
      time(simulateThousand),
      2000,
      'ms',
    ),
    toFigure(
      'losses of 100,000 findings on 5,000 assets put together, fixes ranked, in process',
      time(() => estimatePortfolio(SHARES, DEFAULT_LOSS_POLICY)),
      5000,
      'ms',
    ),
  ];
}

function simulateThousand(): void {
  for (let number = 0; number < 1000; number += 1) {
    const one = lossCase({ findingId: `finding-${number}`, epss: ONE_A_YEAR, susceptibility: 1 });
    const { loss } = estimateLoss(one, { policy: DEFAULT_LOSS_POLICY, simulations: 1000 });
    if (loss?.iterations !== DEFAULT_LOSS_POLICY.iterations) throw new Error('fewer years than are measured');
  }
}

/** Twenty vulnerabilities an asset; a fix for each three of 3,000 vulnerabilities. */
const SHARES: readonly LossShare[] = Array.from({ length: 100_000 }, (_, number) =>
  lossShare({
    vulnerabilityId: `CVE-2024-${10_000 + (number % 3000)}`,
    assetId: `asset-${Math.floor(number / 20)}`,
    fix: `fix-${(number % 3000) % 1000}`,
    frequencyPerYear: ((number % 3000) + 1) / 500,
  }),
);

function time(work: () => unknown): number[] {
  return Array.from({ length: RUNS }, () => {
    const startedAt = performance.now();
    work();
    return performance.now() - startedAt;
  });
}
