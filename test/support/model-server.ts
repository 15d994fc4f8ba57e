import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createBatches } from './model-server-batches.ts';
import { bedrockModelOf, writeBedrock } from './model-server-bedrock.ts';
import { type MessagesBody, readMessages, refuseMessages, writeMessages } from './model-server-messages.ts';
import { readChat, writeChat } from './model-server-openai.ts';
import { createPromptCache } from './model-server-prompt-cache.ts';

/** A call as a provider's server sees it, whatever its shape. */
export interface Asked {
  readonly provider: 'anthropic' | 'bedrock' | 'openai';
  readonly model: string;
  readonly system: string;
  readonly user: string;
  /** The JSON schema that the answer is held to; null where none was sent. */
  readonly schema: Readonly<Record<string, unknown>> | null;
  readonly maxTokens: number;
  readonly stream: boolean;
  readonly body: Readonly<Record<string, unknown>>;
  readonly headers: IncomingMessage['headers'];
}

/** What the scripted model does with a call. */
export type Scripted =
  | {
      readonly kind: 'answer';
      readonly text: string;
      readonly thinking?: string;
      readonly stop?: 'end_turn' | 'refusal' | 'max_tokens';
    }
  | {
      readonly kind: 'status';
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body?: string;
    }
  /** Accepts the call and never answers. */
  | { readonly kind: 'hang' }
  /** Breaks the connection after so many characters of the answer. */
  | { readonly kind: 'cut'; readonly text: string; readonly after: number };

/** Decides what the model says; `call` counts from 0. */
export type Brain = (asked: Asked, call: number) => Scripted;

/** How fast the model is. */
export interface Pace {
  /** From the call to its first token, milliseconds. */
  readonly firstTokenMs: number;
  readonly perTokenMs: number;
}

/** A running stand-in for the providers of language models. */
export interface ModelServer {
  readonly origin: string;
  /** Variables of the environment that lead a client here, by provider. */
  readonly env: Readonly<Record<Asked['provider'], Readonly<Record<string, string>>>>;
  /** Calls of models so far (not token counts), in the order of arrival. */
  readonly calls: Asked[];
  think(brain: Brain): void;
  pace(pace: Pace): void;
  /** Whether batches stay in progress. */
  holdBatches(isHeld: boolean): void;
  /** As if their answers had been kept for too long. */
  forgetBatches(): void;
  /** What the list of models holds. */
  list(models: readonly string[]): void;
  close(): Promise<void>;
}

/** About what a tokenizer makes of English text; the server's own count, which clients are told. */
export function countServerTokens(text: string): number {
  return Math.ceil(text.length / 4);
}

/** How an answer is billed and timed. */
export interface Delivery {
  readonly response: ServerResponse;
  readonly asked: Asked;
  readonly usage: Readonly<Record<string, unknown>>;
  readonly pace: Pace;
}

const MAX_BODY_BYTES = 32 * 2 ** 20;

/** Starts a real server on loopback that speaks the Messages API, Bedrock's invocation and the OpenAI shape. */
export async function startModelServer(firstBrain: Brain): Promise<ModelServer> {
  const calls: Asked[] = [];
  let brain = firstBrain;
  let pace: Pace = { firstTokenMs: 0, perTokenMs: 0 };
  const promptCache = createPromptCache();
  let models: readonly string[] = ['claude-haiku-5-5', 'claude-sonnet-5-5', 'claude-opus-5-5-20260901', 'test-model'];
  let isHeld = false;
  const batches = createBatches(
    (asked) => {
      calls.push(asked);
      return brain(asked, calls.length - 1);
    },
    () => isHeld,
  );

  const server = createServer((request, response) => {
    void readBody(request).then((text) => answer(request, text, response));
  });

  async function answer(request: IncomingMessage, text: string, response: ServerResponse): Promise<void> {
    const path = new URL(request.url ?? '/', 'http://127.0.0.1').pathname;
    if (batches.handle(request, path, text, response)) return;
    if (request.method === 'GET' && path === '/v1/models') return answerModels(request, response);
    const body = (text === '' ? {} : JSON.parse(text)) as MessagesBody;
    if (path === '/v1/messages/count_tokens') {
      return send(response, 200, { input_tokens: countServerTokens(JSON.stringify([body.system, body.messages])) });
    }
    const asked = read(path, body, request);
    if (asked === null)
      return send(response, 404, { type: 'error', error: { type: 'not_found_error', message: path } });
    return answerCall(asked, response);
  }

  /** The list of models, in a shape that is both providers'; a key that says so is refused. */
  function answerModels({ headers }: IncomingMessage, response: ServerResponse): void {
    const isRefused = `${headers['x-api-key']} ${headers.authorization}`.includes('wrong');
    const error = { type: 'authentication_error', message: 'invalid x-api-key' };
    const data = models.map((id) => ({ id, type: 'model', object: 'model', created_at: '2026-01-01T00:00:00Z' }));
    if (isRefused) send(response, 401, { type: 'error', error });
    else send(response, 200, { object: 'list', data, has_more: false, first_id: null, last_id: null });
  }

  async function answerCall(asked: Asked, response: ServerResponse): Promise<void> {
    const refusal = asked.provider === 'openai' ? null : refuseMessages(asked);
    if (refusal !== null) return send(response, 400, refusal);
    calls.push(asked);
    const scripted = brain(asked, calls.length - 1);
    if (scripted.kind === 'hang') return;
    if (scripted.kind === 'status') {
      response.writeHead(scripted.status, { 'content-type': 'application/json', ...scripted.headers });
      response.end(
        scripted.body ?? JSON.stringify({ type: 'error', error: { type: 'api_error', message: 'scripted' } }),
      );
      return;
    }
    const usage = promptCache.bill(asked);
    await new Promise((resolve) => setTimeout(resolve, pace.firstTokenMs));
    promptCache.keep(asked);
    const write = { anthropic: writeMessages, bedrock: writeBedrock, openai: writeChat }[asked.provider];
    await write({ response, asked, usage, pace }, scripted);
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    origin,
    calls,
    env: {
      anthropic: { ANTHROPIC_API_KEY: 'test-anthropic-key', ANTHROPIC_BASE_URL: origin },
      bedrock: {
        ERAS_LLM: 'bedrock',
        AWS_REGION: 'us-east-1',
        AWS_ACCESS_KEY_ID: 'test-access-key',
        AWS_SECRET_ACCESS_KEY: 'test-secret-access-key',
        AWS_ENDPOINT_URL_BEDROCK_RUNTIME: origin,
      },
      openai: { OPENAI_API_KEY: 'test-openai-key', OPENAI_BASE_URL: `${origin}/v1`, ERAS_OPENAI_MODEL: 'test-model' },
    },
    think(next) {
      brain = next;
    },
    pace(next) {
      pace = next;
    },
    forgetBatches: batches.forget,
    holdBatches(held) {
      isHeld = held;
    },
    list(next) {
      models = next;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function read(path: string, body: MessagesBody, { headers }: IncomingMessage): Asked | null {
  const model = bedrockModelOf(path);
  if (model !== null) return readMessages('bedrock', { ...body, ...model }, headers);
  if (path === '/v1/messages') return readMessages('anthropic', body, headers);
  return path === '/v1/chat/completions' ? readChat(body, headers) : null;
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += (chunk as Buffer).length;
    if (size > MAX_BODY_BYTES) throw new Error('too large');
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** Sends a JSON answer. */
export function send(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
}

/** An answer's text in pieces of about a token, at the model's pace; `cut` breaks off and returns false. */
export async function deliver(
  { response, pace }: Pick<Delivery, 'response' | 'pace'>,
  scripted: Exclude<Scripted, { kind: 'status' | 'hang' }>,
  writePiece: (piece: string) => void,
): Promise<boolean> {
  const text = scripted.kind === 'cut' ? scripted.text.slice(0, scripted.after) : scripted.text;
  const pieces = text.match(/[\s\S]{1,4}/g) ?? [];
  const begun = performance.now();
  for (const [index, piece] of pieces.entries()) {
    const dueIn = begun + (index + 1) * pace.perTokenMs - performance.now();
    if (dueIn >= 1) await new Promise((resolve) => setTimeout(resolve, dueIn));
    if (response.destroyed) return false;
    writePiece(piece);
  }
  if (scripted.kind === 'cut') {
    response.socket?.destroy();
    return false;
  }
  return true;
}
