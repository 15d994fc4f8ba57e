import type { EmbeddingFailure } from '../domain/knowledge/embedding-failure.ts';
import type { EmbeddingModel } from '../ports/embedder.ts';
import type { SourceOutcome } from '../ports/metrics.ts';
import type { Telemetry } from '../ports/telemetry.ts';

/** Names of the GenAI semantic conventions (OpenTelemetry, registry of providers). */
const PROVIDER_NAMES = { openai: 'openai', bedrock: 'aws.bedrock' } as const;

/** Measures and traces the calls of an embedding model that is asked over the network: one span and one request a call. */
export function observeEmbeddings(
  model: EmbeddingModel,
  provider: keyof typeof PROVIDER_NAMES,
  { metrics, tracing }: Telemetry,
): EmbeddingModel {
  const name = model.name.slice(model.name.indexOf('/') + 1);
  const attributes = {
    'gen_ai.operation.name': 'embeddings',
    'gen_ai.provider.name': PROVIDER_NAMES[provider],
    'gen_ai.request.model': name,
  };
  return {
    ...model,
    run: (texts, purpose, signal) =>
      tracing.inSpan({ kind: 'source', name: `embeddings ${name}`, attributes }, async (span) => {
        const startedAt = performance.now();
        const result = await model.run(texts, purpose, signal);
        const outcome = result.ok ? 'ok' : outcomeOf(result.error);
        metrics.sourceRequest({ source: 'embeddings', outcome, seconds: (performance.now() - startedAt) / 1000 });
        if (!result.ok) span.fail(result.error.kind);
        return result;
      }),
  };
}

function outcomeOf({ kind }: EmbeddingFailure): SourceOutcome {
  if (kind === 'rate_limited' || kind === 'overloaded') return 'rate_limited';
  if (kind === 'timeout' || kind === 'network') return 'no_answer';
  return kind === 'bad_answer' ? 'unreadable' : 'http_error';
}
