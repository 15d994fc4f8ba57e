import { describe, expect, it } from 'vitest';
import type { EventLoss, Magnitude } from '../../domain/fair/magnitude.ts';
import { createLossSampler, isTailHeavy, lognormalOf, momentsOf } from './magnitude.ts';
import { createRandom } from './random.ts';
import { simulateYears } from './simulate-years.ts';
import { summariseYears } from './summarise-years.ts';

const lognormal = (low: number, high: number): Magnitude => ({ distribution: 'lognormal', low, high, mode: null });
const pert = (low: number, mode: number | null, high: number): Magnitude => ({ distribution: 'pert', low, high, mode });
const alone = (primary: Magnitude): EventLoss => ({ primary, secondary: null });

const SAMPLES = 200_000;

function sample(event: EventLoss): number[] {
  const draw = createLossSampler(event, createRandom(7));
  return Array.from({ length: SAMPLES }, draw).sort((one, other) => one - other);
}

describe('a range of losses', () => {
  it('is too wide where its mean lies above its 95th percentile: more than exp(4 × 1.644854²) = 50,120 to 1', () => {
    for (const [ratio, isWide] of [
      [50_000, false],
      [50_200, true],
    ] as const) {
      const range = lognormal(10, 10 * ratio);
      expect(isTailHeavy(range)).toBe(isWide);
      expect(momentsOf(alone(range)).mean > range.high).toBe(isWide);
    }
    expect(isTailHeavy(pert(1, null, 1_000_000))).toBe(false);
  });
});

describe('what an event costs', () => {
  it('is the lognormal of its 5th and 95th percentiles', () => {
    // ln 10,000 = 9.21034, ln 1,000,000 = 13.81551; their middle, and their distance over 2 × 1.644854.
    const { mu, sigma } = lognormalOf({ low: 10_000, high: 1_000_000 });
    expect(mu).toBeCloseTo(11.512925, 6);
    expect(sigma).toBeCloseTo(1.399872, 6);
    expect(momentsOf(alone(lognormal(10_000, 1_000_000))).mean).toBeCloseTo(
      Math.exp(11.512925 + 1.399872 ** 2 / 2),
      -1,
    );
    const losses = sample(alone(lognormal(10_000, 1_000_000)));
    expect(losses[SAMPLES * 0.05]).toBeGreaterThan(9_700);
    expect(losses[SAMPLES * 0.05]).toBeLessThan(10_300);
    expect(losses[SAMPLES * 0.95]).toBeGreaterThan(970_000);
    expect(losses[SAMPLES * 0.95]).toBeLessThan(1_030_000);
  });

  it('is PERT between its least and its most: mean (least + 4 × likeliest + most) / 6', () => {
    expect(momentsOf(alone(pert(3_000_000, 3_500_000, 5_000_000))).mean).toBeCloseTo(22_000_000 / 6, 3);
    expect(momentsOf(alone(pert(10_000, null, 1_000_000))).mean).toBeCloseTo((10_000 + 400_000 + 1_000_000) / 6, 6);
    const losses = sample(alone(pert(10, 40, 100)));
    expect(losses[0]).toBeGreaterThanOrEqual(10);
    expect(losses.at(-1)).toBeLessThanOrEqual(100);
  });

  it('gives the expectation of a published example: pyfair, README, 220 events a year of 3.67 and 3.5 million', () => {
    // Loss event frequency PERT 20, 100, 900 has the mean 1,320 / 6 = 220; primary loss PERT 3, 3.5, 5 million; secondary loss 3.5 million each time.
    const certain = lognormal(3_500_000, 3_500_000);
    const event: EventLoss = {
      primary: pert(3_000_000, 3_500_000, 5_000_000),
      secondary: { probability: 1, magnitude: certain },
    };
    expect(220 * momentsOf(event).mean).toBeCloseTo(220 * (22_000_000 / 6 + 3_500_000), 2);
    const random = createRandom(1);
    const years = simulateYears(220, createLossSampler(event, random), 10_000, random);
    const { ale, standardError } = summariseYears(years, 220, momentsOf(event));
    expect(Math.abs(ale - 1_576_666_667)).toBeLessThanOrEqual(4 * standardError);
  });

  it.each<[string, EventLoss]>([
    ['lognormal', alone(lognormal(10_000, 500_000))],
    ['PERT', alone(pert(10_000, 20_000, 500_000))],
    ['certain', alone(lognormal(5_000, 5_000))],
    [
      'with a secondary loss',
      { primary: lognormal(1_000, 9_000), secondary: { probability: 0.3, magnitude: pert(10_000, 15_000, 90_000) } },
    ],
  ])('has the moments of its closed form: %s', (_, event) => {
    const { mean, meanSquare } = momentsOf(event);
    const losses = sample(event);
    const error = Math.sqrt((meanSquare - mean ** 2) / SAMPLES);
    const average = losses.reduce((sum, loss) => sum + loss, 0) / SAMPLES;
    expect(Math.abs(average - mean)).toBeLessThanOrEqual(4 * error + 1e-6);
    const square = losses.reduce((sum, loss) => sum + loss ** 2, 0) / SAMPLES;
    expect(square / meanSquare).toBeGreaterThan(0.8);
    expect(square / meanSquare).toBeLessThan(1.25);
  });
});
