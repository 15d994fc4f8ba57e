import type {
  Message,
  MessageCreateParamsBase,
  RawMessageStreamEvent,
} from '@anthropic-ai/sdk/resources/messages/messages';
import type { ModelProvider } from '../../domain/language-model/model-catalogue.ts';
import { passingFailure } from '../../domain/language-model/model-failure.ts';
import type { Clock } from '../../kernel/clock.ts';
import { failure, success } from '../../kernel/result.ts';
import type { LanguageModel, ModelRequest } from '../../ports/language-model.ts';
import { toFailure } from './messages-failure.ts';
import { StreamedReply, toReply } from './messages-reply.ts';
import { type CountTokens, toMessagesRequest } from './messages-request.ts';

/** What of an SDK's client the model uses; Anthropic's own and Bedrock's have it alike. */
export interface MessagesClient {
  create(request: MessageCreateParamsBase, signal: AbortSignal): Promise<Message>;
  stream(request: MessageCreateParamsBase, signal: AbortSignal): Promise<AsyncIterable<RawMessageStreamEvent>>;
  /** Null: the provider does not count. */
  readonly countTokens: CountTokens | null;
}

/** What every model needs; `timeoutMs` bounds a whole call (ERAS_LLM_TIMEOUT_MS). */
export interface CallLimits {
  readonly clock: Clock;
  readonly timeoutMs: number;
}

/** A language model behind the Messages API. */
export function createMessagesModel(
  provider: ModelProvider,
  loadClient: () => Promise<MessagesClient>,
  { clock, timeoutMs }: CallLimits,
): LanguageModel {
  return {
    provider,
    isBatch: false,
    async generate(request) {
      request.signal.throwIfAborted();
      const late = AbortSignal.timeout(timeoutMs);
      const signal = AbortSignal.any([request.signal, late]);
      const streamed = new StreamedReply((delta) => request.onText?.(delta));
      try {
        const client = await loadClient();
        const reply = await ask(client, toMessagesRequest(provider, request), request, signal, streamed);
        if (reply !== null) return success(reply);
        return failure(passingFailure('bad_answer', 'the answer broke off', streamed.usage));
      } catch (thrown) {
        request.signal.throwIfAborted();
        const failed = late.aborted
          ? passingFailure('timeout', `no complete answer within ${timeoutMs} ms`)
          : toFailure(thrown, clock.now());
        return failure({ ...failed, usage: streamed.usage });
      }
    },
    async countTokens({ model, prompt, signal }) {
      const { countTokens } = await loadClient();
      if (countTokens === null) return null;
      const request = toMessagesRequest(provider, {
        model,
        prompt,
        signal,
        maxOutputTokens: 1,
        effort: 'low',
      });
      try {
        return (await countTokens(request, AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]))).input_tokens;
      } catch {
        signal.throwIfAborted();
        return null;
      }
    },
  };
}

async function ask(
  client: MessagesClient,
  body: MessageCreateParamsBase,
  { onText }: ModelRequest,
  signal: AbortSignal,
  streamed: StreamedReply,
) {
  if (onText === undefined) return toReply(await client.create(body, signal));
  for await (const event of await client.stream(body, signal)) streamed.add(event);
  return streamed.reply;
}
