import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type EmbeddingServer, OPENAI_KEY, startEmbeddingServer } from '../support/embedding-server.ts';
import { runEras, startEras, useHomes } from '../support/run-eras.ts';

const newHome = useHomes();
const QUESTION = 'Who owns the payment gateway?';
let small: EmbeddingServer;
let large: EmbeddingServer;
let docs: string;
beforeAll(async () => {
  small = await startEmbeddingServer(8);
  large = await startEmbeddingServer(1024);
});
afterAll(async () => {
  await small.close();
  await large.close();
});
beforeEach(() => {
  for (const server of [small, large]) {
    server.calls.length = 0;
    server.script(() => ({ kind: 'answer' }));
  }
  docs = mkdtempSync(join(tmpdir(), 'eras-embedded-'));
  writeFileSync(join(docs, 'owner.md'), 'The payment gateway is owned by the platform team.');
  writeFileSync(join(docs, 'patch.md'), 'Servers are patched within two days.');
  return () => rmSync(docs, { recursive: true });
});

type Env = Readonly<Record<string, string>>;
const ask = async (env: Env) => {
  const { code, stdout, stderr } = await runEras(['ask', QUESTION, '--format', 'json'], env);
  const { found, passages } = JSON.parse(stdout);
  return { code, stderr, found, why: passages.map(({ why }: { why: string[] }) => why.join()).join() };
};
const lines = (text: string) => text.trim().split('\n');

describe.each(['openai', 'bedrock'] as const)('the knowledge base with embeddings of %s', (provider) => {
  const model = { openai: 'openai/text-embedding-3-small', bedrock: 'bedrock/amazon.titan-embed-text-v2:0' }[provider];

  it('asks once for each text, and answers by meaning', async () => {
    const env = { ERAS_HOME: newHome(), ...small.env[provider] };
    expect(await runEras(['ingest', docs], env)).toMatchObject({
      ...{ code: 0, stderr: '', stdout: expect.stringMatching(/^2 read/) },
    });
    // The first text only asks whether the model can be had.
    expect(
      small.calls
        .flatMap(({ texts }) => texts)
        .slice(1)
        .sort(),
    ).toEqual(['Servers are patched within two days.', 'The payment gateway is owned by the platform team.']);
    expect(await ask(env)).toMatchObject({ code: 0, stderr: '', found: true, why: expect.stringContaining('meaning') });
    small.calls.length = 0;
    expect((await runEras(['ingest', docs], env)).stdout).toContain('2 unchanged');
    writeFileSync(join(docs, 'copy.md'), 'Servers are patched within two days.');
    expect((await runEras(['ingest', docs], env)).stdout).toMatch(/^1 read/);
    expect(small.calls).toEqual([]);
  });

  it('goes by words where the model cannot be had, and takes nothing in by halves', async () => {
    const env = { ERAS_HOME: newHome(), ...small.env[provider], ERAS_LLM_TIMEOUT_MS: '5000' };
    await runEras(['ingest', docs], env);
    small.script(() => ({ kind: 'status', status: 401 }));
    const asked = await ask(env);
    expect(asked).toMatchObject({ code: 0, found: true, why: expect.not.stringContaining('meaning') });
    expect(asked.stderr).toBe(
      `warning: the embedding model ${model} cannot be used: HTTP 401; words alone are looked for\n`,
    );
    writeFileSync(join(docs, 'new.md'), 'A zebra grazes on the roof.');
    const failed = await runEras(['ingest', docs], env);
    expect(failed).toMatchObject({ code: 1, stdout: '' });
    expect(failed.stderr).toBe(`eras: the embedding model ${model} cannot be used: HTTP 401\n`);
    const zebra = await runEras(['ask', 'zebra', '--format', 'json', '--top', '20'], env);
    expect(zebra.stdout).not.toContain('grazes');
    small.script(() => ({ kind: 'answer' }));
    expect((await runEras(['ingest', docs], env)).stdout).toMatch(/^1 read \(1 passages\), 2 unchanged/);
  });

  it('asks nobody offline', async () => {
    const env = { ERAS_HOME: newHome(), ...small.env[provider] };
    await runEras(['ingest', docs], env);
    small.calls.length = 0;
    const offline = { ...env, ERAS_OFFLINE: '1' };
    expect(await ask(offline)).toMatchObject({
      ...{
        code: 0,
        found: true,
        stderr: expect.stringMatching(/^warning: .*ERAS_OFFLINE.*; words alone are looked for\n$/),
      },
    });
    const taken = await runEras(['ingest', docs], offline);
    expect([taken.code, taken.stdout, lines(taken.stderr)]).toEqual([2, '', [expect.stringContaining('ERAS_OFFLINE')]]);
    expect(small.calls).toEqual([]);
  });
});

it('a document whose text the model refuses is named and passed over; a model that there is not ends the run', async () => {
  for (const provider of ['openai', 'bedrock'] as const) {
    const env = { ERAS_HOME: newHome(), ...small.env[provider] };
    small.script((_call, texts) =>
      texts.some((text) => text.includes('gateway')) ? { kind: 'status', status: 400 } : { kind: 'answer' },
    );
    const { code, stdout, stderr } = await runEras(['ingest', docs], env);
    expect([code, stdout]).toEqual([3, expect.stringMatching(/^1 read .* 1 passed over/)]);
    expect(lines(stderr)).toEqual([
      expect.stringMatching(/owner\.md: the embedding model .* refuses its text: HTTP 400$/),
    ]);
    expect(await ask(env)).toMatchObject({
      code: 0,
      stderr: expect.stringMatching(/refuses its text: HTTP 400; words/),
    });
    small.script(() => ({ kind: 'status', status: 400 }));
    const unknown = await runEras(['ingest', docs], { ...env, ERAS_HOME: newHome() });
    expect([unknown.code, lines(unknown.stderr)]).toEqual([2, [expect.stringContaining('HTTP 400')]]);
  }
});

it('a run that waits for the model can be stopped', async () => {
  for (const provider of ['openai', 'bedrock'] as const) {
    small.calls.length = 0;
    small.script(() => ({ kind: 'status', status: 429, headers: { 'retry-after': '20' } }));
    const running = startEras(['ingest', docs], { ERAS_HOME: newHome(), ...small.env[provider] });
    while (small.calls.length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
    await new Promise((resolve) => setTimeout(resolve, 200));
    const begun = performance.now();
    running.kill('SIGINT');
    expect((await running.done).code).toBe(130);
    expect(performance.now() - begun).toBeLessThan(3000);
  }
});

describe('another model', () => {
  it('is taken knowingly, whatever its dimensions, and what was embedded before is not embedded again', async () => {
    const home = { ERAS_HOME: newHome() };
    const first = { ...home, ...small.env.openai };
    const second = { ...home, ...large.env.bedrock };
    await runEras(['ingest', docs], first);
    expect(await runEras(['ingest', docs], second)).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(
        /^eras: .* is of the model openai\/text-embedding-3-small, not of bedrock\/amazon\.titan-embed-text-v2:0; --reembed .*\n$/,
      ),
    });
    expect(await ask(second)).toMatchObject({
      ...{ code: 0, found: true, why: expect.not.stringContaining('meaning') },
      stderr: expect.stringMatching(
        /^warning: .* is of the model openai.*, not of bedrock.*; words alone are looked for\n$/,
      ),
    });
    for (const env of [second, home, first]) {
      small.calls.length = 0;
      expect((await runEras(['ingest', docs, '--reembed'], env)).stdout).toMatch(/^2 read/);
      expect(await ask(env)).toMatchObject({ stderr: '', found: true, why: expect.stringContaining('meaning') });
    }
    // One call to see that the model can be had, one for the question.
    expect(small.calls).toHaveLength(2);
  });

  it('that cannot be had does not empty the knowledge base', async () => {
    const home = { ERAS_HOME: newHome() };
    await runEras(['ingest', docs], home);
    small.script(() => ({ kind: 'status', status: 401 }));
    const failed = await runEras(['ingest', docs, '--reembed'], { ...home, ...small.env.openai });
    expect([failed.code, lines(failed.stderr)]).toEqual([1, [expect.stringContaining('HTTP 401')]]);
    expect(await ask(home)).toMatchObject({ stderr: '', found: true, why: expect.stringContaining('meaning') });
  });

  it('under the same name is told by its dimensions', async () => {
    const home = { ERAS_HOME: newHome() };
    await runEras(['ingest', docs], { ...home, ...small.env.openai });
    const other = { ...home, ...large.env.openai };
    expect(await ask(other)).toMatchObject({
      code: 0,
      found: true,
      stderr: expect.stringMatching(/now gives 1024; words/),
    });
    writeFileSync(join(docs, 'new.md'), 'A zebra grazes on the roof.');
    writeFileSync(
      join(docs, 'patch.md'),
      'Servers are patched within two days.\n\n# More\n\nAnd within a week elsewhere.',
    );
    const refused = await runEras(['ingest', docs], other);
    expect([refused.code, lines(refused.stderr)]).toEqual([
      2,
      [expect.stringContaining('another model under the same name')],
    ]);
  });
});

it.each([
  [{ ERAS_EMBEDDER: 'word2vec' }, 'ERAS_EMBEDDER is not one of bundled, onnx, openai, bedrock'],
  [{ ERAS_EMBEDDER: 'onnx' }, 'ERAS_EMBEDDER is onnx, but ERAS_EMBEDDING_MODEL, the folder of its model, is not set'],
  [{ ERAS_EMBEDDER: 'onnx', ERAS_EMBEDDING_MODEL: '/nowhere' }, 'there is no such folder'],
  [{ ERAS_EMBEDDER: 'openai' }, 'but neither OPENAI_API_KEY nor OPENAI_BASE_URL is set'],
  [
    { ERAS_EMBEDDER: 'bedrock', ERAS_EMBEDDING_MODEL: 'amazon.nova-pro-v1:0' },
    "is not Bedrock's id of a model of Titan",
  ],
  [
    { ERAS_EMBEDDER: 'openai', OPENAI_API_KEY: OPENAI_KEY, OPENAI_BASE_URL: 'x', ERAS_LLM: 'none' },
    'OPENAI_BASE_URL is not',
  ],
])('%o ends with one line and exit code 2', async (env, line) => {
  for (const args of [
    ['ingest', docs],
    ['ask', QUESTION],
  ]) {
    const { code, stdout, stderr } = await runEras(args, { ERAS_HOME: newHome(), ...(env as unknown as Env) });
    expect([code, stdout, lines(stderr)]).toEqual([2, '', [expect.stringContaining(line)]]);
    expect(stderr).not.toContain(OPENAI_KEY);
  }
});
