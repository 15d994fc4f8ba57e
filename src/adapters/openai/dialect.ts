import { APIError, type OpenAI } from 'openai';
import type { ModelRequest } from '../../ports/language-model.ts';

type ChatRequest = OpenAI.Chat.Completions.ChatCompletionCreateParamsNonStreaming;

/** What an endpoint takes of what compatible servers differ in. */
export interface Dialect {
  readonly tokens: 'max_tokens' | 'max_completion_tokens';
  /** How the shape of the answer is asked for: by its schema, as any JSON, or in words alone. */
  readonly format: 'json_schema' | 'json_object' | 'none';
}

/** OpenAI's own models refuse the older name of the limit; many compatible servers do not know the newer one. */
export function firstDialect(isOpenAi: boolean): Dialect {
  return { tokens: isOpenAi ? 'max_completion_tokens' : 'max_tokens', format: 'json_schema' };
}

const LESS: Readonly<Record<Dialect['format'], Dialect['format'] | null>> = {
  json_schema: 'json_object',
  json_object: 'none',
  none: null,
};

/** The dialect to try after a server has refused a request for one of its parameters; null where that was not why. */
export function nextDialect({ tokens, format }: Dialect, thrown: unknown): Dialect | null {
  if (!(thrown instanceof APIError) || (thrown.status !== 400 && thrown.status !== 422)) return null;
  const { message } = thrown;
  if (/max_completion_tokens/.test(message) && tokens === 'max_tokens')
    return { tokens: 'max_completion_tokens', format };
  if (/max_completion_tokens/.test(message)) return { tokens: 'max_tokens', format };
  const less = LESS[format];
  return less !== null && /response_format|json_schema|json_object|structured|guided/i.test(message)
    ? { tokens, format: less }
    : null;
}

/** The request in a dialect. Where the server takes no schema, it stands in the instructions. */
export function toChatRequest(
  { model, prompt, maxOutputTokens }: ModelRequest,
  { tokens, format }: Dialect,
): ChatRequest {
  const inWords =
    format === 'json_schema' ? '' : `\nAnswer in JSON only, by this schema:\n${JSON.stringify(prompt.schema)}`;
  return {
    model,
    messages: [
      { role: 'system', content: prompt.instructions + inWords },
      { role: 'user', content: prompt.evidence },
    ],
    ...(format === 'json_schema'
      ? {
          response_format: {
            type: format,
            json_schema: { name: prompt.schemaName, schema: { ...prompt.schema }, strict: true },
          },
        }
      : {}),
    ...(format === 'json_object' ? { response_format: { type: format } } : {}),
    [tokens]: maxOutputTokens,
  };
}

const THOUGHT = /^\s*<think>[\s\S]*?(?:<\/think>|$)/i;

/** An answer without the thoughts that some servers put before it. */
export function withoutThoughts(text: string): string {
  return text.replace(THOUGHT, '');
}

/** Hands on the text of a stream from where the thoughts before it have ended. */
export function skipThoughts(onText: (delta: string) => void): (delta: string) => void {
  let held = '';
  let isOpen = false;
  return (delta) => {
    if (isOpen) return onText(delta);
    held += delta;
    const start = held.trimStart().toLowerCase();
    if ('<think>'.startsWith(start.slice(0, 7)) && !/<\/think>/i.test(held)) return;
    isOpen = true;
    onText(withoutThoughts(held));
  };
}
