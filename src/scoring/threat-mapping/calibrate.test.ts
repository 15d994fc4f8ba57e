import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { calibrate } from './calibrate.ts';

const POINTS = [
  { score: 0.2, share: 0.1 },
  { score: 0.4, share: 0.5 },
];

describe('calibrate', () => {
  it.each([
    [0, 0.1],
    [0.2, 0.1],
    [0.3, 0.3],
    [0.4, 0.5],
    [1, 0.5],
  ])('gives for a score of %s a confidence of %s', (score, confidence) => {
    expect(calibrate(score, POINTS)).toBe(confidence);
  });

  it('never falls while the score rises', () => {
    const score = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(score, score, (a, b) => {
        expect(calibrate(Math.max(a, b), POINTS)).toBeGreaterThanOrEqual(calibrate(Math.min(a, b), POINTS));
      }),
    );
  });

  it('is 0 without points', () => expect(calibrate(0.7, [])).toBe(0));
});
