import { describe, expect, it } from 'vitest';
import { countable, NO_TOKENS } from './token-usage.ts';

describe('what a provider says it counted', () => {
  it('is money back at no time', () => {
    const stated = { ...NO_TOKENS, input: -5000, cacheRead: Number.NaN, output: Number.POSITIVE_INFINITY };
    expect(countable(stated)).toEqual(NO_TOKENS);
    expect(countable({ ...NO_TOKENS, input: 12, output: 7 })).toEqual({ ...NO_TOKENS, input: 12, output: 7 });
  });
});
