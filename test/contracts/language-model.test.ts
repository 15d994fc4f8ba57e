import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createAnthropicModel } from '../../src/adapters/anthropic/create-anthropic-model.ts';
import { createBedrockModel } from '../../src/adapters/anthropic/create-bedrock-model.ts';
import { createOpenAiModel } from '../../src/adapters/openai/create-openai-model.ts';
import { systemClock } from '../../src/kernel/clock.ts';
import type { LanguageModel, ModelRequest } from '../../src/ports/language-model.ts';
import { type Brain, type ModelServer, startModelServer } from '../support/model-server.ts';

const limits = { clock: systemClock, timeoutMs: 1500 };
const ANSWER = JSON.stringify({ findings: [{ cveId: 'CVE-2024-1000', summary: 'Text of some length, in pieces.' }] });
const SCHEMA = { type: 'object', properties: { findings: { type: 'array' } }, required: ['findings'] };
const answer =
  (text = ANSWER, over = {}): Brain =>
  () => ({ kind: 'answer', text, ...over });

const PROVIDERS: readonly { name: string; model: string; create: (origin: string) => LanguageModel }[] = [
  {
    name: 'Anthropic',
    model: 'claude-sonnet-5-5',
    create: (origin) => createAnthropicModel({ apiKey: 'key', baseUrl: origin, ...limits }),
  },
  {
    name: 'Anthropic, a model that does not hold schemas',
    model: 'claude-3-haiku-20240307',
    create: (origin) => createAnthropicModel({ apiKey: 'key', baseUrl: origin, ...limits }),
  },
  {
    name: 'Bedrock',
    model: 'anthropic.claude-sonnet-5-5',
    create: (origin) => createBedrockModel({ region: 'us-east-1', endpoint: origin, ...limits }),
  },
  {
    name: 'OpenAI-compatible',
    model: 'llama',
    create: (origin) => createOpenAiModel({ apiKey: 'key', baseUrl: `${origin}/v1`, ...limits }),
  },
];

describe.each(PROVIDERS)('$name keeps the contract of a language model', ({ model: name, create }) => {
  let server: ModelServer;
  let model: LanguageModel;
  beforeEach(async () => {
    process.env['AWS_ACCESS_KEY_ID'] = 'test';
    process.env['AWS_SECRET_ACCESS_KEY'] = 'test';
    server = await startModelServer(answer());
    model = create(server.origin);
  });
  afterEach(() => server.close());

  const request = (over: Partial<ModelRequest> = {}): ModelRequest => ({
    model: name,
    prompt: {
      instructions: 'Write.',
      evidence: '[E1] evidence',
      isCached: false,
      schemaName: 'findings',
      schema: SCHEMA,
    },
    maxOutputTokens: 500,
    effort: 'low',
    signal: new AbortController().signal,
    ...over,
  });

  it.each([false, true])('answers with what the model wrote and what it cost (streamed: %s)', async (isStreamed) => {
    server.think(answer(ANSWER, { thinking: 'Let me think.' }));
    let written = '';
    const onText = (delta: string) => {
      written += delta;
    };
    const reply = await model.generate(request(isStreamed ? { onText } : {}));
    expect(reply).toMatchObject({ ok: true, value: { stop: 'end' } });
    if (!reply.ok) return;
    expect(JSON.parse(reply.value.text)).toEqual(JSON.parse(ANSWER));
    expect(written).toBe(isStreamed ? ANSWER : '');
    expect(reply.value.usage.input).toBeGreaterThan(3);
    expect(reply.value.usage.output).toBeGreaterThan(10);
    const [asked] = server.calls;
    expect(asked).toMatchObject({ system: 'Write.', user: '[E1] evidence', maxTokens: 500, stream: isStreamed });
    expect(asked?.schema).toEqual(SCHEMA);
    expect(Object.keys(asked?.body ?? {})).not.toContain('temperature');
  });

  it.each(['refusal', 'max_tokens'] as const)('tells of %s', async (stop) => {
    for (const onText of [undefined, () => undefined]) {
      server.think(answer('{"findings":[', { stop }));
      const reply = await model.generate(request(onText === undefined ? {} : { onText }));
      expect(reply).toMatchObject({ ok: true, value: { stop } });
    }
  });

  it.each([
    [429, 'rate_limited', true, 7000],
    [500, 'server_error', true, 7000],
    [503, 'overloaded', true, 7000],
    [529, 'overloaded', true, 7000],
    [400, 'rejected', false, null],
    [401, 'unauthorized', false, null],
  ] as const)('fails with HTTP %i as %s, having asked once', async (status, kind, retryable, retryAfterMs) => {
    server.think(() => ({ kind: 'status', status, headers: { 'retry-after': '7' } }));
    const reply = await model.generate(request());
    expect(reply).toMatchObject({ ok: false, error: { kind, retryable, retryAfterMs } });
    if (!reply.ok) expect(reply.error.reason).toMatch(new RegExp(`^HTTP ${status}[^\\n]*$`));
    expect(server.calls).toHaveLength(1);
  });

  it('fails in time where nothing comes', async () => {
    server.think(() => ({ kind: 'hang' }));
    expect(await model.generate(request())).toMatchObject({ ok: false, error: { kind: 'timeout', retryable: true } });
  });

  it('calls an answer that breaks off none', async () => {
    server.think(() => ({ kind: 'cut', text: ANSWER, after: 20 }));
    const streamed = await model.generate(request({ onText: () => undefined }));
    expect(streamed).toMatchObject({ ok: false, error: { retryable: true } });
    expect(await model.generate(request())).toMatchObject({ ok: false, error: { retryable: true } });
  });

  it('fails where nobody listens', async () => {
    await server.close();
    expect(await model.generate(request())).toMatchObject({ ok: false, error: { kind: 'network', retryable: true } });
    server = await startModelServer(answer());
  });

  it('throws the reason when cancelled', async () => {
    server.think(() => ({ kind: 'hang' }));
    const controller = new AbortController();
    setTimeout(() => controller.abort(new Error('interrupted')), 50);
    await expect(model.generate(request({ signal: controller.signal }))).rejects.toThrow('interrupted');
  });

  it('counts tokens where its provider does', async () => {
    const count = await model.countTokens(request());
    if (model.provider === 'anthropic') expect(count).toBeGreaterThan(5);
    else expect(count).toBeNull();
  });
});

describe('the prompt cache', () => {
  let server: ModelServer;
  beforeEach(async () => {
    server = await startModelServer(answer());
  });
  afterEach(() => server.close());

  it('is written once and then read, where the stable part is long enough', async () => {
    const model = createAnthropicModel({ apiKey: 'key', baseUrl: server.origin, ...limits });
    const ask = (evidence: string, length: number) =>
      model.generate({
        model: 'claude-sonnet-5-5',
        prompt: { instructions: 'x'.repeat(length), evidence, isCached: true, schemaName: 'findings', schema: SCHEMA },
        maxOutputTokens: 500,
        effort: 'low',
        signal: new AbortController().signal,
      });
    const usages = [];
    for (const evidence of ['one', 'two']) {
      const reply = await ask(evidence, 8000);
      if (reply.ok) usages.push(reply.value.usage);
    }
    expect(usages).toMatchObject([
      { input: 1, cacheWrite5m: 2000, cacheRead: 0 },
      { input: 1, cacheWrite5m: 0, cacheRead: 2000 },
    ]);
    const tooShort = await ask('one', 400);
    expect(tooShort).toMatchObject({ value: { usage: { input: 101, cacheWrite5m: 0, cacheRead: 0 } } });
  });
});
