import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { createBedrockEmbeddingModel } from '../../src/adapters/bedrock/create-bedrock-embedding-model.ts';
import { createOpenAiEmbeddingModel } from '../../src/adapters/openai/create-openai-embedding-model.ts';
import { systemClock } from '../../src/kernel/clock.ts';
import { createEmbedder } from '../../src/knowledge/create-embedder.ts';
import type { Embedder } from '../../src/ports/embedder.ts';
import { type EmbeddingServer, OPENAI_KEY, startEmbeddingServer, vectorOf } from '../support/embedding-server.ts';
import { freePort } from '../support/services.ts';

const DIMENSIONS = 16;
const { signal } = new AbortController();

const openAi = (origin: string, timeoutMs: number) =>
  createOpenAiEmbeddingModel({
    ...{ model: 'test-model', apiKey: OPENAI_KEY, baseUrl: `${origin}/v1`, clock: systemClock, timeoutMs },
  });
const bedrock = (model: string) => (origin: string, timeoutMs: number) =>
  createBedrockEmbeddingModel({ model, region: 'us-east-1', endpoint: origin, clock: systemClock, timeoutMs });
const TITAN = 'amazon.titan-embed-text-v2:0';
const COHERE = 'cohere.embed-multilingual-v3';

let server: EmbeddingServer;
beforeAll(async () => {
  server = await startEmbeddingServer(DIMENSIONS);
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'test-access-key');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'test-secret-access-key');
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await server.close();
});
beforeEach(() => {
  server.calls.length = 0;
  server.script(() => ({ kind: 'answer' }));
});

describe.each([
  { name: 'openai/test-model', open: openAi, textsAtOnce: 128 },
  { name: `bedrock/${TITAN}`, open: bedrock(TITAN), textsAtOnce: 1 },
  { name: `bedrock/${COHERE}`, open: bedrock(COHERE), textsAtOnce: 96 },
])('embeddings of $name', ({ name, open, textsAtOnce }) => {
  const create = (timeoutMs = 10_000): Embedder => createEmbedder(open(server.origin, timeoutMs));
  const failing = async (timeoutMs?: number) => {
    const error = await create(timeoutMs)
      .embed(['one text', 'another'], signal)
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'SOURCE_UNAVAILABLE' });
    const { message } = error as Error;
    expect(message).toMatch(/^the embedding model .* cannot be used: /);
    expect(message).toContain(name);
    expect(message).not.toMatch(/test-embedding-key|test-secret|one text|\n/);
    return message;
  };

  it('are of length 1, one a text, in the order of the texts, in as few calls as the provider allows', async () => {
    const texts = Array.from({ length: 200 }, (_, index) => `text ${'word '.repeat(index % 7)} number${index}`);
    const embedder = create();
    const found = await embedder.embed(texts, signal);
    expect(embedder.model).toBe(name);
    for (const [index, vector] of found.entries()) {
      const raw = vectorOf(texts[index] ?? '', DIMENSIONS);
      const length = Math.hypot(...raw);
      expect([...vector]).toEqual(raw.map((value) => expect.closeTo(value / length, 5)));
    }
    expect(server.calls).toHaveLength(Math.ceil(texts.length / textsAtOnce));
    await Promise.all([1, 2, 3].map(() => embedder.embed(texts, signal)));
    expect(server.busiest()).toBeLessThanOrEqual(8);
  });

  it('come after a 429 that asks to wait', async () => {
    server.script((call) =>
      call === 0 ? { kind: 'status', status: 429, headers: { 'retry-after': '1' } } : { kind: 'answer' },
    );
    const begun = performance.now();
    expect(await create().embed(['one'], signal)).toHaveLength(1);
    expect(performance.now() - begun).toBeGreaterThanOrEqual(990);
    expect(server.calls).toHaveLength(2);
  });

  it('do not come where the wait is longer than a question, or even a document, is worth', async () => {
    const seconds = { query: '6', document: '61' };
    for (const purpose of ['query', 'document'] as const) {
      server.script(() => ({ kind: 'status', status: 429, headers: { 'retry-after': seconds[purpose] } }));
      const begun = performance.now();
      await expect(create().embed(['text'], signal, purpose)).rejects.toThrow(/HTTP 429$/);
      expect(performance.now() - begun).toBeLessThan(2000);
    }
    expect(server.calls).toHaveLength(2);
  });

  it.each([
    ['a key that is not known', { kind: 'status', status: 401 }, /HTTP 401/],
    ['a model that is not known', { kind: 'status', status: 404 }, /HTTP 404/],
    ['no vector', { kind: 'vectors', vectors: [] }, /vectors came for|holds no embeddings/],
    [
      'NaN',
      { kind: 'body', body: '{"data":[{"index":0,"embedding":[NaN]}],"embedding":[NaN]}' },
      /its answer|the answer/,
    ],
    ['null for a number', { kind: 'vectors', vectors: [[null as never], [null as never]] }, /holds no embeddings/],
    [
      'a vector of nothing',
      {
        kind: 'vectors',
        vectors: [
          [0, 0],
          [0, 0],
        ],
      },
      /points nowhere/,
    ],
    ['truncated JSON', { kind: 'body', body: '{"data":[{"index":0,"embedd' }, /its answer|the answer/],
    ['something else', { kind: 'body', body: '<html>' }, /its answer|the answer/],
  ] as const)('do not come of %s', async (_what, script, reason) => {
    server.script(() => script);
    expect(await failing()).toMatch(reason);
    expect(server.calls.length).toBeLessThanOrEqual(3);
  });

  it('do not come in other dimensions than before', async () => {
    const embedder = create();
    await embedder.embed(['first'], signal);
    server.script(() => ({ kind: 'vectors', vectors: [[1, 2, 3]] }));
    await expect(embedder.embed(['second'], signal)).rejects.toThrow(/3 dimensions came after those of 16/);
  });

  it('end with the time limit where nobody answers, and with the caller', async () => {
    server.script(() => ({ kind: 'hang' }));
    expect(await failing(300)).toMatch(/no answer within 300 ms/);
    server.script(() => ({ kind: 'stall' }));
    expect(await failing(300)).toMatch(/no answer within 300 ms/);
    const controller = new AbortController();
    const asked = create().embed(['text'], controller.signal);
    setTimeout(() => controller.abort(new Error('stopped')), 100);
    await expect(asked).rejects.toThrow('stopped');
  });

  it('do not come where nobody listens', async () => {
    const nowhere = createEmbedder(open(`http://127.0.0.1:${await freePort()}`, 10_000));
    await expect(nowhere.embed(['text'], signal, 'query')).rejects.toThrow(/cannot be reached/);
  }, 20_000);
});

it('OpenAI is asked for plain numbers, with its key', async () => {
  await createEmbedder(openAi(server.origin, 5000)).embed(['text'], signal);
  expect(server.calls).toMatchObject([
    {
      path: '/v1/embeddings',
      body: { model: 'test-model', input: ['text'], encoding_format: 'float' },
      headers: { authorization: `Bearer ${OPENAI_KEY}` },
    },
  ]);
});

it('an index that comes twice, or is beyond the texts, is no answer', async () => {
  for (const index of [0, 7]) {
    const data = [0, index].map((place) => ({ index: place, embedding: [1, 2] }));
    server.script(() => ({ kind: 'body', body: JSON.stringify({ data }) }));
    await expect(createEmbedder(openAi(server.origin, 5000)).embed(['a', 'b'], signal)).rejects.toThrow(
      /1 vectors came for 2 texts/,
    );
  }
});

it('Cohere is told what is looked for and what is found, Titan is not', async () => {
  const cohere = createEmbedder(bedrock(COHERE)(server.origin, 5000));
  await cohere.embed([`${'x'.repeat(2047)}😀`], signal);
  await cohere.embed(['question'], signal, 'query');
  await createEmbedder(bedrock(TITAN)(server.origin, 5000)).embed(['text'], signal);
  expect(server.calls).toMatchObject([
    { path: `/model/${COHERE}/invoke`, body: { texts: ['x'.repeat(2047)], input_type: 'search_document' } },
    { body: { texts: ['question'], input_type: 'search_query' } },
    {
      path: `/model/${TITAN}/invoke`,
      body: { inputText: 'text' },
      headers: { authorization: expect.stringMatching(/^AWS4-HMAC-SHA256 /) },
    },
  ]);
});

it('other models of Bedrock are refused before they are asked', () => {
  expect(() => bedrock('anthropic.claude-haiku-5-5')('http://127.0.0.1:9', 1)).toThrow(/ERAS_EMBEDDING_MODEL is not/);
  expect(bedrock('us.cohere.embed-v4:0')('http://127.0.0.1:9', 1).name).toBe('bedrock/us.cohere.embed-v4:0');
});

it('without credentials or a region there is a clear line', async () => {
  for (const variable of ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_REGION', 'AWS_DEFAULT_REGION'])
    vi.stubEnv(variable, undefined);
  for (const variable of ['AWS_CONFIG_FILE', 'AWS_SHARED_CREDENTIALS_FILE']) vi.stubEnv(variable, '/nowhere');
  vi.stubEnv('AWS_EC2_METADATA_DISABLED', 'true');
  const open = (region: string | null) =>
    createEmbedder(
      createBedrockEmbeddingModel({
        ...{ model: TITAN, region, endpoint: server.origin, clock: systemClock, timeoutMs: 5000 },
      }),
    );
  await expect(open('us-east-1').embed(['text'], signal)).rejects.toThrow(/no AWS credentials are found/);
  await expect(open(null).embed(['text'], signal)).rejects.toThrow(/no AWS region is set/);
});
