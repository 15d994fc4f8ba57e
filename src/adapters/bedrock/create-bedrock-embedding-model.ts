import type { BedrockRuntimeClient } from '@aws-sdk/client-bedrock-runtime';
import { lastingFailure } from '../../domain/knowledge/embedding-failure.ts';
import type { Clock } from '../../kernel/clock.ts';
import { once } from '../../kernel/once.ts';
import { failure, success } from '../../kernel/result.ts';
import type { EmbeddingModel } from '../../ports/embedder.ts';
import { toEmbeddingFailure } from './bedrock-failure.ts';
import { familyOf } from './embedding-families.ts';

/** What the model depends on; credentials come from AWS' own chain. */
export interface BedrockEmbeddingOptions {
  /** Bedrock's id, such as `amazon.titan-embed-text-v2:0`. */
  readonly model: string;
  readonly region: string | null;
  /** AWS_ENDPOINT_URL_BEDROCK_RUNTIME; null is AWS' own of the region. */
  readonly endpoint: string | null;
  readonly clock: Clock;
  /** Time limit of a call, milliseconds (ERAS_LLM_TIMEOUT_MS). */
  readonly timeoutMs: number;
}

/** Connections of the process: documents are taken in several at a time, and accounts have limits of calls a minute. */
const MOST_CONNECTIONS = 8;

/** Titan's and Cohere's embeddings through Amazon Bedrock; the SDK repeats nothing. @throws RiskError `BAD_INPUT` where the model is of neither */
export function createBedrockEmbeddingModel(options: BedrockEmbeddingOptions): EmbeddingModel {
  const { model, clock, timeoutMs } = options;
  const { toBody, readVectors, textsAtOnce, callsAtOnce } = familyOf(model);
  const load = once(() => loadClient(options));
  return {
    name: `bedrock/${model}`,
    language: null,
    textsAtOnce,
    callsAtOnce,
    async run(texts, purpose, signal) {
      const late = AbortSignal.timeout(timeoutMs);
      try {
        const { client, InvokeModelCommand } = await load();
        const invocation = new InvokeModelCommand({
          modelId: model,
          contentType: 'application/json',
          accept: 'application/json',
          body: JSON.stringify(toBody(texts, purpose)),
        });
        const { body } = await client.send(invocation, { abortSignal: AbortSignal.any([signal, late]) });
        const vectors = readVectors(body.transformToString());
        return vectors === null
          ? failure(lastingFailure('bad_answer', 'its answer holds no embeddings'))
          : success(vectors);
      } catch (thrown) {
        signal.throwIfAborted();
        return failure(
          late.aborted
            ? lastingFailure('timeout', `no answer within ${timeoutMs} ms`)
            : toEmbeddingFailure(thrown, clock.now()),
        );
      }
    },
  };
}

/** The endpoint may be a gateway that speaks HTTP/1.1 only, as Anthropic's client for Bedrock does; the SDK's own handler would not. */
async function loadClient({ region, endpoint }: BedrockEmbeddingOptions) {
  const { BedrockRuntimeClient: Client, InvokeModelCommand } = await import('@aws-sdk/client-bedrock-runtime');
  const { NodeHttpHandler } = await import('@smithy/node-http-handler');
  const agent = { maxSockets: MOST_CONNECTIONS };
  const client: BedrockRuntimeClient = new Client({
    maxAttempts: 1,
    requestHandler: new NodeHttpHandler({ httpAgent: agent, httpsAgent: agent }),
    ...(region === null ? {} : { region }),
    ...(endpoint === null ? {} : { endpoint }),
  });
  return { client, InvokeModelCommand };
}
