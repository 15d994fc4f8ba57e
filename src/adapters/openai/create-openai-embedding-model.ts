import { APIError } from 'openai';
import { z } from 'zod';
import { callFailure, lastingFailure } from '../../domain/knowledge/embedding-failure.ts';
import type { Clock } from '../../kernel/clock.ts';
import { failure, success } from '../../kernel/result.ts';
import type { EmbeddingModel } from '../../ports/embedder.ts';
import { toFailure } from './chat-failure.ts';
import { clientOf, type OpenAiEndpoint } from './load-client.ts';

/** OpenAI takes 2,048 texts and 300,000 tokens a call; passages have some 320, and local servers are slower. */
const TEXTS_AT_ONCE = 128;
/** Documents are taken in several at a time, each with a call of its own. */
const CALLS_AT_ONCE = 1;

const Embeddings = z.object({
  data: z.array(z.object({ index: z.int().min(0), embedding: z.array(z.number()) })),
});

/** What the model depends on; `model` is as the endpoint knows it. */
export interface OpenAiEmbeddingOptions extends OpenAiEndpoint {
  readonly model: string;
  readonly clock: Clock;
}

/** Embeddings of an OpenAI-compatible endpoint: OpenAI, vLLM, Ollama and others. The SDK repeats nothing. */
export function createOpenAiEmbeddingModel({ model, clock, ...endpoint }: OpenAiEmbeddingOptions): EmbeddingModel {
  const load = clientOf(endpoint);
  return {
    name: `openai/${model}`,
    language: null,
    textsAtOnce: TEXTS_AT_ONCE,
    callsAtOnce: CALLS_AT_ONCE,
    async run(texts, _purpose, signal) {
      const late = AbortSignal.timeout(endpoint.timeoutMs);
      try {
        const client = await load();
        // Without a format the SDK asks for Base64, which not every compatible server knows.
        const body = { model, input: [...texts], encoding_format: 'float' as const };
        const answer = await client.embeddings.create(body, { signal: AbortSignal.any([signal, late]) });
        const parsed = Embeddings.safeParse(answer);
        if (parsed.success) return success(inOrder(parsed.data.data));
        return failure(lastingFailure('bad_answer', 'its answer holds no embeddings'));
      } catch (thrown) {
        signal.throwIfAborted();
        if (late.aborted) return failure(lastingFailure('timeout', `no answer within ${endpoint.timeoutMs} ms`));
        const status = thrown instanceof APIError ? thrown.status : null;
        return failure(callFailure(toFailure(thrown, clock.now()), status));
      }
    },
  };
}

/** Vectors by the index of their text; one that came twice leaves another text without, and too many are as wrong as too few. */
function inOrder(data: z.infer<typeof Embeddings>['data']): readonly number[][] {
  const byIndex = new Map(data.map(({ index, embedding }) => [index, embedding]));
  return data.flatMap((_, index) => {
    const embedding = byIndex.get(index);
    return embedding === undefined ? [] : [embedding];
  });
}
