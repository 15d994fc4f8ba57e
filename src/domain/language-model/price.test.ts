import { describe, expect, it } from 'vitest';
import { findModelFacts, modelNameFor } from './model-catalogue.ts';
import { mostOf, priceOf } from './price.ts';
import { addUsage, NO_TOKENS, promptTokens, type TokenUsage } from './token-usage.ts';

const usage = (over: Partial<TokenUsage>): TokenUsage => ({ ...NO_TOKENS, ...over });
const haiku = findModelFacts('anthropic', 'claude-haiku-5-5');
const sonnet = findModelFacts('anthropic', 'claude-sonnet-5-5');

describe('the price of a call', () => {
  it('adds up tokens by kind', () => {
    expect(priceOf(usage({ input: 1_000_000 }), sonnet)).toBeCloseTo(2, 10);
    expect(priceOf(usage({ output: 1_000_000 }), sonnet)).toBeCloseTo(10, 10);
    expect(priceOf(usage({ cacheRead: 1_000_000 }), sonnet)).toBeCloseTo(0.1, 10);
    expect(priceOf(usage({ cacheWrite5m: 1_000_000 }), sonnet)).toBeCloseTo(2.5, 10);
    expect(priceOf(usage({ cacheWrite1h: 1_000_000 }), sonnet)).toBeCloseTo(4, 10);
    expect(priceOf(usage({ input: 1000, output: 100 }), sonnet)).toBeCloseTo(0.003, 10);
  });

  it('follows the band of the whole prompt', () => {
    expect(priceOf(usage({ input: 100_000, output: 1000 }), haiku)).toBeCloseTo(0.0105, 10);
    expect(priceOf(usage({ input: 100_001, output: 1000 }), haiku)).toBeCloseTo(0.0525, 5);
    expect(priceOf(usage({ input: 1, cacheRead: 100_000 }), haiku)).toBeCloseTo(0.005, 5);
  });

  it('is half in a batch, and unknown for an unknown model', () => {
    expect(priceOf(usage({ input: 1_000_000 }), sonnet, true)).toBeCloseTo(1, 10);
    expect(priceOf(usage({ input: 1 }), findModelFacts('openai', 'llama3'))).toBeNull();
    expect(findModelFacts('anthropic', 'constructor')).toBeNull();
  });

  it('is at most that of a prompt that is written to the cache and an output that is used up', () => {
    const most = mostOf(1000, 500, sonnet) ?? 0;
    for (const prompt of [{ input: 1000 }, { cacheRead: 1000 }, { cacheWrite5m: 1000 }]) {
      expect(priceOf(usage({ ...prompt, output: 500 }), sonnet) ?? 1).toBeLessThanOrEqual(most);
    }
  });
});

describe('models', () => {
  it('of Bedrock are known by their own ids', () => {
    expect(modelNameFor('bedrock', 'claude-haiku-5-5')).toBe('anthropic.claude-haiku-5-5');
    expect(modelNameFor('bedrock', 'eu.anthropic.claude-haiku-5-5')).toBe('eu.anthropic.claude-haiku-5-5');
    for (const id of ['anthropic.claude-haiku-5-5', 'global.anthropic.claude-haiku-5-5'])
      expect(findModelFacts('bedrock', id)).toBe(haiku);
    expect(findModelFacts('bedrock', 'anthropic.claude-3-haiku-20240307-v1:0')?.prices.input).toBe(0.25);
  });
});

it('usages add up', () => {
  const sum = addUsage(usage({ input: 1, cacheRead: 2 }), usage({ input: 3, output: 4 }));
  expect(sum).toEqual(usage({ input: 4, cacheRead: 2, output: 4 }));
  expect(promptTokens(sum)).toBe(6);
});
