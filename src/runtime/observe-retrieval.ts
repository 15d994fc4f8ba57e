import type { Telemetry } from '../ports/telemetry.ts';

/** Runs a search of the knowledge base in a span of its own and measures it; neither learns the question. */
export function observeRetrieval<Passage>(
  { metrics, tracing }: Telemetry,
  top: number,
  search: () => Promise<readonly Passage[]>,
): Promise<readonly Passage[]> {
  const attributes = { 'gen_ai.operation.name': 'retrieval', 'eras.retrieval.top': top };
  return tracing.inSpan({ kind: 'retrieval', name: 'retrieval', attributes }, async (span) => {
    const startedAt = performance.now();
    const found = await search();
    metrics.retrieval((performance.now() - startedAt) / 1000);
    span.set({ 'eras.retrieval.passages': found.length });
    return found;
  });
}
