import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A call for embeddings as the server saw it. */
export interface EmbeddingCall {
  readonly path: string;
  readonly body: Readonly<Record<string, unknown>>;
  readonly texts: readonly string[];
  readonly headers: IncomingMessage['headers'];
}

/** What the server does with a call; `body` is sent as it is. */
export type EmbeddingScript =
  | { readonly kind: 'answer' }
  | { readonly kind: 'hang' }
  /** Begins an answer and never ends it. */
  | { readonly kind: 'stall' }
  | { readonly kind: 'body'; readonly body: string }
  | { readonly kind: 'vectors'; readonly vectors: readonly (readonly number[])[] }
  | { readonly kind: 'status'; readonly status: number; readonly headers?: Readonly<Record<string, string>> };

/** A running stand-in for OpenAI's embeddings and for Titan's and Cohere's on Bedrock. */
export interface EmbeddingServer {
  readonly origin: string;
  readonly calls: EmbeddingCall[];
  /** Most calls that were under way together. */
  busiest(): number;
  /** `call` counts from 0, beginning anew. */
  script(next: (call: number, texts: readonly string[]) => EmbeddingScript): void;
  /** Variables of the environment that lead a client here. */
  readonly env: Readonly<Record<'openai' | 'bedrock', Readonly<Record<string, string>>>>;
  close(): Promise<void>;
}

export const OPENAI_KEY = 'test-embedding-key-0123456789';

/** Starts a real server on loopback. Vectors have `dimensions`, and are the nearer the more words texts share. */
export async function startEmbeddingServer(dimensions: number): Promise<EmbeddingServer> {
  const calls: EmbeddingCall[] = [];
  let [begun, busy, most] = [0, 0, 0];
  let script: Parameters<EmbeddingServer['script']>[0] = () => ({ kind: 'answer' });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let text = '';
    for await (const chunk of request.setEncoding('utf8')) text += chunk;
    const body = JSON.parse(text) as EmbeddingCall['body'];
    const texts = (body['input'] ?? body['texts'] ?? [body['inputText']]) as readonly string[];
    calls.push({ path: decodeURIComponent(request.url ?? ''), body, texts, headers: request.headers });
    busy += 1;
    most = Math.max(most, busy);
    // Long enough for what a client sends at the same time to arrive.
    await new Promise((resolve) => setTimeout(resolve, 20));
    busy -= 1;
    const scripted = script(begun++, texts);
    if (scripted.kind === 'hang') return;
    if (scripted.kind === 'stall') {
      response.writeHead(200, { 'content-type': 'application/json' }).write('{"data":[');
      return;
    }
    if (scripted.kind === 'status') {
      const error = { message: `${OPENAI_KEY} may not ask for ${texts[0]}` };
      response.writeHead(scripted.status, { 'content-type': 'application/json', ...scripted.headers });
      response.end(JSON.stringify({ error, ...error }));
      return;
    }
    const vectors = scripted.kind === 'vectors' ? scripted.vectors : texts.map((one) => vectorOf(one, dimensions));
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(scripted.kind === 'body' ? scripted.body : JSON.stringify(shape(body, vectors)));
  }

  const server = createServer((request, response) => void answer(request, response).catch(() => response.destroy()));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    origin,
    calls,
    busiest: () => most,
    script(next) {
      begun = 0;
      script = next;
    },
    env: {
      openai: {
        ERAS_EMBEDDER: 'openai',
        ERAS_LLM: 'none',
        OPENAI_API_KEY: OPENAI_KEY,
        OPENAI_BASE_URL: `${origin}/v1`,
      },
      bedrock: {
        ERAS_EMBEDDER: 'bedrock',
        AWS_REGION: 'us-east-1',
        AWS_ACCESS_KEY_ID: 'test-access-key',
        AWS_SECRET_ACCESS_KEY: 'test-secret-access-key',
        AWS_ENDPOINT_URL_BEDROCK_RUNTIME: origin,
      },
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** The provider's shape of an answer; OpenAI's in an order of its own. */
function shape(body: EmbeddingCall['body'], vectors: readonly (readonly number[])[]): object {
  if ('input' in body)
    return {
      object: 'list',
      model: body['model'],
      data: vectors.map((embedding, index) => ({ object: 'embedding', index, embedding })).reverse(),
    };
  return 'texts' in body ? { embeddings: vectors, response_type: 'embeddings_floats' } : { embedding: vectors[0] };
}

/** Words counted by a hash of each: never of length 1, and never all zero. */
export function vectorOf(text: string, dimensions: number): number[] {
  const vector = Array.from({ length: dimensions }, () => 0.1);
  for (const word of text.toLowerCase().match(/[a-z]+/g) ?? []) {
    const place = [...word].reduce((hash, letter) => (hash * 31 + letter.charCodeAt(0)) % 65_521, 7) % dimensions;
    vector[place] = (vector[place] ?? 0) + 1;
  }
  return vector;
}
