import type { OpenAI } from 'openai';
import { passingFailure } from '../../domain/language-model/model-failure.ts';
import { NO_TOKENS, type TokenUsage } from '../../domain/language-model/token-usage.ts';
import type { Clock } from '../../kernel/clock.ts';
import { failure, success } from '../../kernel/result.ts';
import type { LanguageModel, ModelReply, ModelRequest } from '../../ports/language-model.ts';
import { toFailure } from './chat-failure.ts';
import { firstDialect, nextDialect, skipThoughts, toChatRequest, withoutThoughts } from './dialect.ts';
import { clientOf, type OpenAiEndpoint } from './load-client.ts';

/** What the model depends on. */
export interface OpenAiModelOptions extends OpenAiEndpoint {
  readonly clock: Clock;
}

type ChatRequest = OpenAI.Chat.Completions.ChatCompletionCreateParamsNonStreaming;

/** Models behind the chat completions shape: OpenAI, vLLM, Ollama and others. The SDK is loaded with the first call and retries nothing. */
export function createOpenAiModel({ clock, ...endpoint }: OpenAiModelOptions): LanguageModel {
  const { baseUrl, timeoutMs } = endpoint;
  const load = clientOf(endpoint);
  let dialect = firstDialect(baseUrl === null);

  function ask(client: OpenAI, request: ModelRequest, signal: AbortSignal): Promise<ModelReply | null> {
    const body = toChatRequest(request, dialect);
    return request.onText === undefined
      ? askWhole(client, body, signal)
      : askStreamed(client, body, skipThoughts(request.onText), signal);
  }

  return {
    provider: 'openai',
    isBatch: false,
    async generate(request) {
      request.signal.throwIfAborted();
      const late = AbortSignal.timeout(timeoutMs);
      const signal = AbortSignal.any([request.signal, late]);
      const tried = dialect;
      try {
        const reply = await ask(await load(), request, signal);
        return reply === null ? failure(passingFailure('bad_answer', 'the answer broke off')) : success(reply);
      } catch (thrown) {
        request.signal.throwIfAborted();
        if (late.aborted) return failure(passingFailure('timeout', `no complete answer within ${timeoutMs} ms`));
        const failed = toFailure(thrown, clock.now());
        const next = nextDialect(tried, thrown);
        if (next === null) return failure(failed);
        // Of calls at the same time the first to come back has learnt it for all.
        if (dialect === tried) dialect = next;
        return failure({ ...failed, retryable: true, retryAfterMs: 0 });
      }
    },
    countTokens: async () => null,
  };
}

async function askWhole(client: OpenAI, body: ChatRequest, signal: AbortSignal): Promise<ModelReply | null> {
  const { choices, usage } = await client.chat.completions.create(body, { signal });
  const [choice] = choices;
  if (choice === undefined) return null;
  const { message, finish_reason: reason } = choice;
  return {
    text: withoutThoughts(message.content ?? ''),
    stop: toStop(reason, typeof message.refusal === 'string' && message.refusal !== ''),
    usage: toUsage(usage),
  };
}

async function askStreamed(
  client: OpenAI,
  body: ChatRequest,
  onText: (delta: string) => void,
  signal: AbortSignal,
): Promise<ModelReply | null> {
  let [text, reason, isRefusal]: [string, string | null, boolean] = ['', null, false];
  let usage: TokenUsage | null = null;
  const options = { ...body, stream: true, stream_options: { include_usage: true } } as const;
  for await (const chunk of await client.chat.completions.create(options, { signal })) {
    if (chunk.usage) usage = toUsage(chunk.usage);
    const [choice] = chunk.choices;
    if (choice === undefined) continue;
    if (choice.delta.refusal) isRefusal = true;
    if (choice.delta.content) {
      text += choice.delta.content;
      onText(choice.delta.content);
    }
    reason = choice.finish_reason ?? reason;
  }
  // A stream that breaks off has no reason to finish.
  if (reason === null) return null;
  return { text: withoutThoughts(text), stop: toStop(reason, isRefusal), usage: usage ?? NO_TOKENS };
}

function toStop(reason: string | null, isRefusal: boolean): ModelReply['stop'] {
  if (isRefusal || reason === 'content_filter') return 'refusal';
  return reason === 'length' ? 'max_tokens' : 'end';
}

function toUsage(usage: OpenAI.CompletionUsage | undefined): TokenUsage {
  const cached = usage?.prompt_tokens_details?.cached_tokens ?? 0;
  return {
    ...NO_TOKENS,
    input: Math.max(0, (usage?.prompt_tokens ?? 0) - cached),
    cacheRead: cached,
    output: usage?.completion_tokens ?? 0,
  };
}
