import { describe, expect, it } from 'vitest';
import { createRandom } from './random.ts';
import { simulateYears } from './simulate-years.ts';
import { summariseYears } from './summarise-years.ts';

/** With events that cost 1 a year's loss is its number of events, whose distribution is known exactly. */
const countEvents = (rate: number) => simulateYears(rate, () => 1, 100_000, createRandom(3));

describe('simulated years', () => {
  it.each([0.001, 0.1, 1, 5, 29.9, 30.1, 400])(
    'have the events of a Poisson process of rate %d, and at least one',
    (rate) => {
      const years = countEvents(rate);
      expect(years[0]).toBeGreaterThanOrEqual(1);
      // Of a Poisson number that is not 0: mean rate / (1 − e^−rate), and the share of ones rate / (e^rate − 1).
      const mean = rate / -Math.expm1(-rate);
      const variance = mean * (1 + rate - mean);
      const average = years.reduce((sum, events) => sum + events, 0) / years.length;
      expect(Math.abs(average - mean)).toBeLessThanOrEqual(4 * Math.sqrt(variance / years.length) + 1e-9);
      const ones = years.filter((events) => events === 1).length / years.length;
      const expected = rate / Math.expm1(rate);
      expect(Math.abs(ones - expected)).toBeLessThanOrEqual(
        4 * Math.sqrt((expected * (1 - expected)) / years.length) + 1e-9,
      );
    },
  );

  it('are the same for the same seed, and others for another', () => {
    const years = (seed: number) => {
      const random = createRandom(seed);
      return simulateYears(2, random.uniform, 50, random);
    };
    expect(years(1)).toEqual(years(1));
    expect(years(1)).not.toEqual(years(2));
  });

  it('sum up to exact figures where an event costs 1: Poisson quantiles', () => {
    const loss = summariseYears(countEvents(1), 1, { mean: 1, meanSquare: 1 });
    // P(N ≤ 1) = 0.7358, P(N ≤ 2) = 0.9197, P(N ≤ 3) = 0.9810; the worst 5 %: 0.0190 above 3, the rest at 3.
    expect(loss).toMatchObject({ p50: 1, p90: 2, p95: 3, var95: 3 });
    expect(loss.ale).toBeCloseTo(1, 1);
    // E[N; N ≥ 4] = P(N ≥ 3) = 0.0803; (0.0803 + 3 × (0.05 − 0.0190)) / 0.05
    expect(loss.es95).toBeCloseTo(3.47, 1);
  });

  it('leave rare years at 0, and still know what they cost', () => {
    const loss = summariseYears(countEvents(0.001), 0.001, { mean: 1, meanSquare: 1 });
    expect(loss).toMatchObject({ ale: 0.001, p50: 0, p90: 0, p95: 0, var95: 0, es95: 0.02 });
    expect(loss.lossExceedance.slice(0, 2)).toEqual([
      { loss: 0, probability: 1 },
      { loss: 1, probability: 0.001 },
    ]);
  });
});
