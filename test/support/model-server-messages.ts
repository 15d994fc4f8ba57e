import type { IncomingMessage } from 'node:http';
import { type Asked, countServerTokens, type Delivery, deliver, type Scripted, send } from './model-server.ts';

/** What of a Messages API request the server reads. */
export interface MessagesBody extends Record<string, unknown> {
  readonly model?: string;
  readonly max_tokens?: number;
  readonly stream?: boolean;
  readonly system?: string | readonly { readonly text?: string }[];
  readonly messages?: readonly { readonly role: string; readonly content: string | readonly { text?: string }[] }[];
  readonly output_config?: { readonly format?: { readonly schema?: Record<string, unknown> } };
  readonly tools?: readonly { readonly name: string; readonly input_schema?: Record<string, unknown> }[];
  readonly tool_choice?: { readonly type: string };
  readonly thinking?: { readonly type: string };
}

/** Reads a Messages API request. */
export function readMessages(
  provider: 'anthropic' | 'bedrock',
  body: MessagesBody,
  headers: IncomingMessage['headers'],
): Asked {
  return {
    provider,
    model: body.model ?? '',
    system: textOf(body.system),
    user: (body.messages ?? []).map(({ content }) => textOf(content)).join('\n'),
    schema: body.output_config?.format?.schema ?? body.tools?.[0]?.input_schema ?? null,
    maxTokens: body.max_tokens ?? 0,
    stream: body.stream === true,
    body,
    headers,
  };
}

function textOf(content: MessagesBody['system']): string {
  if (content === undefined) return '';
  return typeof content === 'string' ? content : content.map((block) => block.text ?? '').join('');
}

/** What the current models answer with 400; null where the request is acceptable. */
export function refuseMessages({ model, maxTokens, body }: Asked): unknown {
  const request = body as MessagesBody;
  const error = (message: string) => ({ type: 'error', error: { type: 'invalid_request_error', message } });
  if (maxTokens < 1) return error('max_tokens: required');
  if (/claude-3/.test(model)) {
    return request.output_config === undefined ? null : error('output_config: not supported by this model');
  }
  for (const name of ['temperature', 'top_p', 'top_k']) {
    if (request[name] !== undefined && /-5-5/.test(model)) return error(`${name}: not supported by this model`);
  }
  if (request.thinking?.type === 'enabled' && /-5-5/.test(model)) return error('thinking: use adaptive');
  if (request.messages?.at(-1)?.role === 'assistant') return error('messages: prefill is not supported');
  return null;
}

/** Writes an answer in the Messages shape, thinking first, as JSON or as server-sent events. */
export async function writeMessages(
  delivery: Delivery,
  scripted: Exclude<Scripted, { kind: 'status' | 'hang' }>,
): Promise<void> {
  const { response, asked, usage } = delivery;
  if (!asked.stream) {
    const isWhole = await deliver(delivery, scripted, () => undefined);
    if (isWhole) send(response, 200, messageOf(asked, scripted, usage));
    return;
  }
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  const isWhole = await writeEvents(delivery, scripted, (event) => {
    response.write(`event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`);
  });
  if (isWhole) response.end();
}

interface StreamEvent {
  readonly type: string;
  readonly [field: string]: unknown;
}

/** The events of a streamed answer; false where it broke off. */
export async function writeEvents(
  delivery: Delivery,
  scripted: Exclude<Scripted, { kind: 'status' | 'hang' }>,
  write: (event: StreamEvent) => void,
): Promise<boolean> {
  const { asked, usage } = delivery;
  const message = messageOf(asked, scripted, usage);
  const blocks = message.content;
  const { output_tokens: output } = message.usage;
  write({
    type: 'message_start',
    message: { ...message, content: [], stop_reason: null, usage: { ...message.usage, output_tokens: 1 } },
  });
  for (const [index, block] of blocks.entries()) {
    if (block.type === 'thinking') {
      write({ type: 'content_block_start', index, content_block: { ...block, thinking: '', signature: '' } });
      write({ type: 'content_block_delta', index, delta: { type: 'thinking_delta', thinking: block.thinking } });
    } else {
      const isTool = block.type === 'tool_use';
      write({
        type: 'content_block_start',
        index,
        content_block: isTool ? { ...block, input: {} } : { ...block, text: '' },
      });
      const isWhole = await deliver(delivery, scripted, (piece) => {
        const delta = isTool ? { type: 'input_json_delta', partial_json: piece } : { type: 'text_delta', text: piece };
        write({ type: 'content_block_delta', index, delta });
      });
      if (!isWhole) return false;
    }
    write({ type: 'content_block_stop', index });
  }
  write({
    type: 'message_delta',
    delta: { stop_reason: message.stop_reason, stop_sequence: null },
    usage: { output_tokens: output },
  });
  write({ type: 'message_stop' });
  return true;
}

/** The whole answer as the API gives it. */
export function messageOf(
  asked: Asked,
  scripted: Exclude<Scripted, { kind: 'status' | 'hang' }>,
  usage: Readonly<Record<string, unknown>>,
) {
  const request = asked.body as MessagesBody;
  const tool = request.tool_choice?.type === 'tool' ? request.tools?.[0]?.name : undefined;
  const thinking = scripted.kind === 'answer' ? scripted.thinking : undefined;
  const stop = scripted.kind === 'answer' ? scripted.stop : undefined;
  const content = [
    ...(thinking === undefined ? [] : [{ type: 'thinking', thinking, signature: 'scripted' } as const]),
    tool === undefined
      ? ({ type: 'text', text: scripted.text } as const)
      : ({ type: 'tool_use', id: 'toolu_scripted', name: tool, input: parseOrText(scripted.text) } as const),
  ];
  return {
    id: 'msg_scripted',
    type: 'message',
    role: 'assistant',
    model: asked.model,
    content,
    stop_reason: stop ?? (tool === undefined ? 'end_turn' : 'tool_use'),
    stop_sequence: null,
    usage: {
      ...usage,
      output_tokens: countServerTokens(scripted.text) + countServerTokens(thinking ?? ''),
    },
  };
}

function parseOrText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return { text };
  }
}
