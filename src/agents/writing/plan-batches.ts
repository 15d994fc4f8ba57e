/** What bounds a batch. */
export interface BatchLimits {
  /** Findings a call at most (`--batch-size`). */
  readonly batchSize: number;
  /** Calls that may run at the same time. */
  readonly lanes: number;
  /** Tokens of evidence a call at most. */
  readonly evidenceTokens: number;
}

/**
 * Splits findings over calls. Output length is what a user waits for: findings are spread over the calls that may run at once, and only
 * where there are more than that, or the evidence fills a call, does a call get its full size.
 */
export function planBatches<Item>(
  items: readonly Item[],
  tokensOf: (item: Item) => number,
  { batchSize, lanes, evidenceTokens }: BatchLimits,
): Item[][] {
  const wanted = Math.min(batchSize, Math.max(1, Math.ceil(items.length / lanes)));
  // Calls of equal size end together.
  const size = Math.ceil(items.length / Math.max(1, Math.ceil(items.length / wanted)));
  const batches: Item[][] = [];
  let [batch, tokens]: [Item[], number] = [[], 0];
  for (const item of items) {
    const more = tokensOf(item);
    if (batch.length > 0 && (batch.length >= size || tokens + more > evidenceTokens)) {
      batches.push(batch);
      [batch, tokens] = [[], 0];
    }
    batch.push(item);
    tokens += more;
  }
  if (batch.length > 0) batches.push(batch);
  return batches;
}
