/** Tokens of one model call by how they are billed. Counts, never negative. */
export interface TokenUsage {
  /** Prompt tokens at the full price: neither written to the prompt cache nor read from it. */
  readonly input: number;
  readonly cacheWrite5m: number;
  readonly cacheWrite1h: number;
  readonly cacheRead: number;
  /** Everything the model wrote, thinking included. */
  readonly output: number;
}

/** No tokens at all. */
export const NO_TOKENS: TokenUsage = { input: 0, cacheWrite5m: 0, cacheWrite1h: 0, cacheRead: 0, output: 0 };

/** A usage as a provider states it, with what can be no count taken as none: a negative one would be money back. */
export function countable(usage: TokenUsage): TokenUsage {
  const count = (value: number) => (Number.isFinite(value) ? Math.max(0, Math.round(value)) : 0);
  return {
    input: count(usage.input),
    cacheWrite5m: count(usage.cacheWrite5m),
    cacheWrite1h: count(usage.cacheWrite1h),
    cacheRead: count(usage.cacheRead),
    output: count(usage.output),
  };
}

/** The sum of two usages. */
export function addUsage(left: TokenUsage, right: TokenUsage): TokenUsage {
  return {
    input: left.input + right.input,
    cacheWrite5m: left.cacheWrite5m + right.cacheWrite5m,
    cacheWrite1h: left.cacheWrite1h + right.cacheWrite1h,
    cacheRead: left.cacheRead + right.cacheRead,
    output: left.output + right.output,
  };
}

/** All tokens of the prompt, however billed: what decides the band of a long-context price. */
export function promptTokens({ input, cacheWrite5m, cacheWrite1h, cacheRead }: TokenUsage): number {
  return input + cacheWrite5m + cacheWrite1h + cacheRead;
}
