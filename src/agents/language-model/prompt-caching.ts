import type { ModelFacts } from '../../domain/language-model/model-catalogue.ts';
import { priceOf } from '../../domain/language-model/price.ts';
import { NO_TOKENS } from '../../domain/language-model/token-usage.ts';

/** English instructions have about so many characters a token; the higher number makes sure of the least cached length. */
const MOST_CHARACTERS_PER_TOKEN = 4.5;

/**
 * Whether some calls are cheaper with a long stable part that is written to the prompt cache once and read by the others than with a short
 * one that each call pays for. A model whose cache keeps only longer prefixes gets none: a breakpoint there does nothing.
 */
export function isCachingCheaper(short: string, long: string, calls: number, model: ModelFacts | null): boolean {
  if (model === null || calls < 2) return false;
  const [shortTokens, longTokens] = [short.length, long.length].map((length) => length / MOST_CHARACTERS_PER_TOKEN);
  if (longTokens === undefined || shortTokens === undefined || longTokens < model.leastCachedTokens) return false;
  const cost = (usage: Partial<typeof NO_TOKENS>) => priceOf({ ...NO_TOKENS, ...usage }, model) ?? 0;
  const cached = cost({ cacheWrite5m: longTokens }) + (calls - 1) * cost({ cacheRead: longTokens });
  return cached < calls * cost({ input: shortTokens });
}
