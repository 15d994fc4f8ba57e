import { expect, it } from 'vitest';
import { findModelFacts } from '../../domain/language-model/model-catalogue.ts';
import { isCachingCheaper } from './prompt-caching.ts';

const short = 'x'.repeat(900);
const long = 'x'.repeat(5400);

it.each([
  ['claude-sonnet-5-5', 1, false],
  ['claude-sonnet-5-5', 5, false],
  ['claude-sonnet-5-5', 30, true],
  ['claude-opus-5-5', 3, false],
  ['claude-opus-5-5', 30, true],
  // Its cache keeps nothing as short as this.
  ['claude-haiku-5-5', 1000, false],
  ['unknown', 1000, false],
])('%s, %i calls: %s', (model, calls, expected) => {
  expect(isCachingCheaper(short, long, calls, findModelFacts('anthropic', model))).toBe(expected);
});

it('never sends a breakpoint that would do nothing', () => {
  expect(isCachingCheaper(short, 'x'.repeat(4000), 1000, findModelFacts('anthropic', 'claude-sonnet-5-5'))).toBe(false);
});
