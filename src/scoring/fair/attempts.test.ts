import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EXPOSURE } from '../../domain/ssvc/decision-points.ts';
import { type AttemptInputs, estimateAttempts } from './attempts.ts';
import { threeDigits } from './significant-digits.ts';

const of = (over: Partial<AttemptInputs>) =>
  estimateAttempts({ epss: 0.1, isListed: false, exposure: 'open', ...over });

describe('attempts a year', () => {
  // −ln(1 − p) × 365/30, by hand: −ln 0.9 = 0.1053605; × 12.1666667 = 1.281886.
  it.each<[Partial<AttemptInputs>, number, number]>([
    [{}, 0.1, 1.28],
    [{ exposure: null }, 0.1, 1.28],
    [{ exposure: 'controlled' }, 0.06, 0.753],
    [{ exposure: 'small' }, 0.03, 0.371],
    [{ epss: 0.94, isListed: true }, 0.97, 42.7],
    [{ epss: null, isListed: true }, 0.5, 8.43],
    [{ epss: 1 }, 0.99, 56],
    [{ epss: 1, isListed: true, exposure: 'small' }, 0.3, 4.34],
    [{ epss: 0 }, 0, 0],
  ])('of %o', (over, probability, perYear) => {
    expect(of(over)?.probability).toBeCloseTo(probability, 10);
    expect(threeDigits(of(over)?.perYear ?? Number.NaN)).toBe(perYear);
  });

  it('are not known where neither EPSS nor CISA tells', () => {
    expect(of({ epss: null })).toBeNull();
  });

  it('never fall where an input is worse', () => {
    const probability = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(probability, probability, fc.boolean(), fc.nat(2), fc.nat(2), (one, other, isListed, here, there) => {
        const better = {
          epss: Math.min(one, other),
          isListed: false,
          exposure: EXPOSURE[Math.min(here, there)] ?? null,
        };
        const worse = { epss: Math.max(one, other), isListed, exposure: EXPOSURE[Math.max(here, there)] ?? null };
        expect(estimateAttempts(worse)?.perYear).toBeGreaterThanOrEqual(
          estimateAttempts(better)?.perYear ?? Number.NaN,
        );
      }),
    );
  });
});
