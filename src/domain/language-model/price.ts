import { BATCH_FACTOR, CACHE_WRITE_FACTOR, type ModelFacts, type TokenPrices } from './model-catalogue.ts';
import { promptTokens, type TokenUsage } from './token-usage.ts';

const MILLION = 1_000_000;

/**
 * What a call cost, USD; null where the model's price is not known. The price band follows the whole prompt, cached or not.
 * @param isBatch whether the call went through the provider's batch API, at half the price.
 */
export function priceOf(usage: TokenUsage, model: ModelFacts | null, isBatch = false): number | null {
  if (model === null) return null;
  const { input, output, cacheRead } = pricesFor(promptTokens(usage), model);
  const cost =
    usage.input * input +
    usage.cacheWrite5m * input * CACHE_WRITE_FACTOR.fiveMinutes +
    usage.cacheWrite1h * input * CACHE_WRITE_FACTOR.oneHour +
    usage.cacheRead * cacheRead +
    usage.output * output;
  return (cost * (isBatch ? BATCH_FACTOR : 1)) / MILLION;
}

/**
 * The most that a call can cost before it is sent, USD: all of its prompt written to the cache, all of its allowed output used.
 * Null where the price is not known.
 */
export function mostOf(
  prompt: number,
  maxOutputTokens: number,
  model: ModelFacts | null,
  isBatch = false,
): number | null {
  return priceOf(
    { input: 0, cacheWrite5m: prompt, cacheWrite1h: 0, cacheRead: 0, output: maxOutputTokens },
    model,
    isBatch,
  );
}

function pricesFor(prompt: number, { prices, longContext }: ModelFacts): TokenPrices {
  return longContext !== undefined && prompt > longContext.above ? longContext.prices : prices;
}
