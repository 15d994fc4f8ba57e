/** Who serves a model. */
export const MODEL_PROVIDERS = ['anthropic', 'bedrock', 'openai'] as const;
export type ModelProvider = (typeof MODEL_PROVIDERS)[number];

/** Prices in USD per million tokens. */
export interface TokenPrices {
  readonly input: number;
  readonly output: number;
  readonly cacheRead: number;
}

/** What is known of a model: prices, limits and habits. */
export interface ModelFacts {
  readonly prices: TokenPrices;
  /** Prices of a call whose prompt has more tokens than `above`. */
  readonly longContext?: { readonly above: number; readonly prices: TokenPrices };
  /** Fewest prompt tokens up to a breakpoint that the prompt cache keeps; below, it silently does nothing. */
  readonly leastCachedTokens: number;
  /** Whether the answer can be held to a JSON schema by the provider. */
  readonly holdsSchema: boolean;
  /** Whether it can be told how much to think (`output_config.effort`). */
  readonly takesEffort: boolean;
}

/** The day that the prices below were looked up. */
export const PRICES_AS_OF = '2026-10-31';

/** What writing a prompt to the cache costs, as a multiple of the input price. */
export const CACHE_WRITE_FACTOR = { fiveMinutes: 1.25, oneHour: 2 } as const;
/** What the Message Batches API costs, as a share of the price. */
export const BATCH_FACTOR = 0.5;

const price = (input: number, output: number, cacheRead: number): TokenPrices => ({ input, output, cacheRead });
const CLAUDE_5 = { holdsSchema: true, takesEffort: true } as const;
const CLAUDE_3 = { holdsSchema: false, takesEffort: false } as const;

/**
 * Models of Anthropic's own API. The least cached prefix of the 5.5 models is taken to be that of the least favourable
 * current model of their size, so that a breakpoint which is sent always works; the 3.x models are those of 2024.
 */
const ANTHROPIC: Readonly<Record<string, ModelFacts>> = {
  'claude-haiku-5-5': {
    ...CLAUDE_5,
    prices: price(0.1, 0.5, 0.01),
    longContext: { above: 100_000, prices: price(0.5, 2.5, 0.05) },
    leastCachedTokens: 4096,
  },
  'claude-sonnet-5-5': { ...CLAUDE_5, prices: price(2, 10, 0.1), leastCachedTokens: 1024 },
  'claude-opus-5-5': { ...CLAUDE_5, prices: price(4, 20, 0.4), leastCachedTokens: 512 },
  'claude-haiku-4-5': { holdsSchema: true, takesEffort: false, prices: price(1, 5, 0.1), leastCachedTokens: 4096 },
  'claude-3-haiku-20240307': { ...CLAUDE_3, prices: price(0.25, 1.25, 0.025), leastCachedTokens: 2048 },
  'claude-3-5-sonnet-20241022': { ...CLAUDE_3, prices: price(3, 15, 0.3), leastCachedTokens: 1024 },
  'claude-3-opus-20240229': { ...CLAUDE_3, prices: price(15, 75, 1.5), leastCachedTokens: 1024 },
};

/** Models that have a price here, under the names of Anthropic's own API. */
export const MODEL_NAMES: readonly string[] = Object.keys(ANTHROPIC);

/** Amazon Bedrock's ids of the same models; its prices for them are those of Anthropic. */
const BEDROCK_PREFIX = /^(?:(?:global|us|eu|apac|jp|au)\.)?anthropic\./;
/** Bedrock's ids of older models end in a revision: `-v1:0`. */
const BEDROCK_REVISION = /-v\d+(?::\d+)?$/;

/** What is known of a model, null where nothing is: its calls then cost an unknown amount. */
export function findModelFacts(provider: ModelProvider, model: string): ModelFacts | null {
  if (provider === 'openai') return null;
  const name = provider === 'bedrock' ? model.replace(BEDROCK_PREFIX, '').replace(BEDROCK_REVISION, '') : model;
  return Object.hasOwn(ANTHROPIC, name) ? (ANTHROPIC[name] ?? null) : null;
}

/** The name that a provider knows an Anthropic model by. */
export function modelNameFor(provider: ModelProvider, model: string): string {
  return provider === 'bedrock' && model.startsWith('claude-') ? `anthropic.${model}` : model;
}
