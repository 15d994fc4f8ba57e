import type { IncomingMessage } from 'node:http';
import { type Asked, countServerTokens, type Delivery, deliver, type Scripted, send } from './model-server.ts';

interface ChatBody {
  readonly model?: string;
  readonly max_tokens?: number;
  readonly max_completion_tokens?: number;
  readonly stream?: boolean;
  readonly messages?: readonly { readonly role: string; readonly content: string }[];
  readonly response_format?: { readonly json_schema?: { readonly schema?: Record<string, unknown> } };
}

/** Reads a chat completion request. */
export function readChat(body: Record<string, unknown>, headers: IncomingMessage['headers']): Asked {
  const request = body as ChatBody;
  const textOf = (role: string) =>
    (request.messages ?? []).flatMap((message) => (message.role === role ? [message.content] : [])).join('\n');
  return {
    provider: 'openai',
    model: request.model ?? '',
    system: textOf('system'),
    user: textOf('user'),
    schema: request.response_format?.json_schema?.schema ?? null,
    maxTokens: request.max_completion_tokens ?? request.max_tokens ?? 0,
    stream: request.stream === true,
    body,
    headers,
  };
}

/** Writes an answer as a chat completion, whole or as server-sent events. */
export async function writeChat(
  delivery: Delivery,
  scripted: Exclude<Scripted, { kind: 'status' | 'hang' }>,
): Promise<void> {
  const { response, asked } = delivery;
  const stop = scripted.kind === 'answer' ? (scripted.stop ?? 'end_turn') : 'end_turn';
  const isRefusal = stop === 'refusal';
  const prompt = countServerTokens(asked.system) + countServerTokens(asked.user);
  const completion = countServerTokens(scripted.text);
  const usage = {
    prompt_tokens: prompt,
    completion_tokens: completion,
    total_tokens: prompt + completion,
    prompt_tokens_details: { cached_tokens: 0 },
  };
  const common = { id: 'chatcmpl-scripted', created: 0, model: asked.model };
  const finish = stop === 'max_tokens' ? 'length' : 'stop';
  if (!asked.stream) {
    if (!(await deliver(delivery, scripted, () => undefined))) return;
    const message = isRefusal
      ? { role: 'assistant', content: null, refusal: scripted.text }
      : { role: 'assistant', content: scripted.text, refusal: null };
    send(response, 200, {
      ...common,
      object: 'chat.completion',
      choices: [{ index: 0, message, finish_reason: finish }],
      usage,
    });
    return;
  }
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  const write = (value: unknown) => response.write(`data: ${JSON.stringify(value)}\n\n`);
  const chunk = (delta: unknown, finishReason: string | null) =>
    write({ ...common, object: 'chat.completion.chunk', choices: [{ index: 0, delta, finish_reason: finishReason }] });
  const isWhole = await deliver(delivery, scripted, (piece) =>
    chunk(isRefusal ? { refusal: piece } : { content: piece }, null),
  );
  if (!isWhole) return;
  chunk({}, finish);
  write({ ...common, object: 'chat.completion.chunk', choices: [], usage });
  response.end('data: [DONE]\n\n');
}
