import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toVectorFeatures } from './vector-tokens.ts';

describe('toVectorFeatures', () => {
  it.each([
    ['CVSS:3.1/AV:N/AC:L/PR:N/UI:R/S:C/C:H/I:L/A:N', 'AV:N PR:N UI:R S:C C:H I:L A:N'],
    ['AV:N/AC:L/Au:S/C:P/I:C/A:N', 'AV:N PR:L C:L I:H A:N'],
    ['CVSS:4.0/AV:L/AC:L/AT:N/PR:L/UI:P/VC:H/VI:H/VA:N/SC:N/SI:N/SA:N', 'AV:L PR:L UI:R C:H I:H A:N'],
    ['', ''],
    ['nonsense/AV', ''],
  ])('reads %s', (vector, expected) => {
    expect(toVectorFeatures(vector)).toEqual(
      expected
        .split(' ')
        .filter(Boolean)
        .map((metric) => `vector: ${metric}`),
    );
  });

  it('reads anything without throwing, into at most seven features', () => {
    fc.assert(
      fc.property(fc.string(), (vector) => {
        expect(toVectorFeatures(vector).length).toBeLessThanOrEqual(7);
      }),
    );
  });
});
