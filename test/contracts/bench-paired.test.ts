import { describe, expect, it } from 'vitest';
import { judgePairs, signTest } from '../../bench/paired.ts';

describe('two builds', () => {
  it.each([
    [0, 6, 2 / 64],
    [1, 8, 18 / 256],
    [0, 1, 1],
    [0, 0, 1],
    [5, 10, 1],
  ])('a sign test of %i of %i', (few, tosses, p) => expect(signTest(few, tosses)).toBeCloseTo(p, 12));

  // Noise far larger than the change, but the same for both of a pair.
  const noise = [100, 300, 120, 250, 180, 90, 400, 110, 130, 220];
  const pairs = (factor: number) => noise.map((before) => [before, before * factor] as const);

  it('differ where each pair does', () => {
    expect(judgePairs(pairs(0.9))).toMatchObject({ verdict: 'faster', ratio: expect.closeTo(0.9, 10) });
    expect(judgePairs(pairs(1.1)).verdict).toBe('slower');
  });

  it('do not differ where the change is too small to matter, or goes both ways', () => {
    expect(judgePairs(pairs(1.01)).verdict).toBe('no difference');
    expect(judgePairs(pairs(1)).verdict).toBe('no difference');
    const mixed = noise.map((before, at) => [before, before * (at % 3 === 0 ? 0.5 : 1.2)] as const);
    expect(judgePairs(mixed).verdict).toBe('no difference');
  });
});
