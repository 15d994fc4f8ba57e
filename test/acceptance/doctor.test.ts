import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Check, Diagnosis } from '../../src/assessment/doctor.ts';
import { honest } from '../support/model-brains.ts';
import { type ModelServer, startModelServer } from '../support/model-server.ts';
import { rawCveRecord, rawNvdRecord, WORST_CVSS } from '../support/raw-records.ts';
import { runEras, startEras, useHomes } from '../support/run-eras.ts';
import { ACCOUNT } from '../support/servicenow-accounts.ts';
import { type ServiceNowServer, startServiceNow } from '../support/servicenow-server.ts';
import { hasService, type RedisServer, startRedis } from '../support/services.ts';
import { startSourceServer } from '../support/source-server.ts';

const newHome = useHomes();
/** Long enough for a model to write about. */
const DESCRIPTION =
  'A heap-based buffer overflow in the request parser of Example Server before 3.1 allows a remote, unauthenticated attacker to execute arbitrary code by sending a crafted header.';
const NOBODY = 'http://127.0.0.1:9';

async function doctor(env: Readonly<Record<string, string>>, home = newHome()) {
  const run = await runEras(['doctor', '--json'], { ERAS_HOME: home, ...env });
  const diagnosis = JSON.parse(run.stdout) as Diagnosis;
  const check = (name: string): Check | undefined => diagnosis.checks.find((one) => one.name === name);
  const win = (name: string) => diagnosis.quickWins.find((one) => one.name === name);
  return { ...run, diagnosis, check, win };
}

describe('doctor on a fresh machine', () => {
  it('tells a newcomer in five lines what to do next', async () => {
    const { stdout, code } = await runEras(['doctor'], { ERAS_HOME: newHome() });
    expect(code).toBe(0);
    const [, steps = ''] = stdout.split('What to do next:\n');
    expect(steps.trimEnd().split('\n')).toHaveLength(5);
    expect(steps).toMatch(/^1\. eras assess CVE-2021-44228 --offline/);
  });

  it('knows Node, disk, store and the age of each source', async () => {
    const { diagnosis, check } = await doctor({});
    for (const name of ['node', 'disk', 'store', 'mirror: NVD', 'bundled snapshot'])
      expect(check(name)?.status, name).toBe('ok');
    // OSV is led to an address that nothing listens on: no need is broken by it.
    expect(check('osv')).toMatchObject({ status: 'warn' });
    expect(diagnosis.ok).toBe(true);
  });

  it('fails where the data folder cannot be written', async () => {
    const { code, check } = await doctor({}, '/dev/null/eras');
    expect(code).toBe(1);
    expect(check('store')).toMatchObject({ status: 'fail', fix: expect.stringContaining('ERAS_HOME') });
  });
});

describe('doctor of a language model', () => {
  let models: ModelServer;
  beforeAll(async () => {
    models = await startModelServer(honest);
  });
  afterAll(() => models.close());

  it.each(['anthropic', 'openai'] as const)('asks %s for its list, which costs nothing', async (provider) => {
    const { check } = await doctor(models.env[provider]);
    expect(check('language model')).toMatchObject({ status: 'ok', detail: expect.stringContaining('has them') });
    expect(models.calls).toEqual([]);
  });

  it('does not ask Bedrock, and says so', async () => {
    const { check } = await doctor(models.env.bedrock);
    expect(check('language model')).toMatchObject({ status: 'ok', detail: expect.stringContaining('not asked') });
  });

  it.each([
    ['a key that is refused', { ANTHROPIC_API_KEY: 'wrong-secret-word' }, 'fail', 1],
    ['a model that is not listed', { ERAS_MODEL_DEEP: 'claude-unheard-of' }, 'warn', 0],
    ['a provider that is away', { ANTHROPIC_BASE_URL: NOBODY }, 'warn', 0],
  ] as const)('finds %s', async (_, env, status, code) => {
    const run = await doctor({ ...models.env.anthropic, ...env });
    expect([run.check('language model')?.status, run.code]).toEqual([status, code]);
    expect(run.check('language model')?.fix).not.toBeNull();
    expect(run.stdout).not.toContain('secret-word');
    expect(run.stdout).not.toContain('test-anthropic-key');
  });

  it('tells from the ledger what past runs have saved', async () => {
    const home = newHome();
    const ids = Array.from({ length: 12 }, (_, index) => `CVE-2024-${1000 + index}`);
    const sources = await startSourceServer({
      nvd: new Map(
        ids.map((id) => [id, rawNvdRecord(id, { description: DESCRIPTION, cvss: WORST_CVSS, cwe: 'CWE-122' })]),
      ),
      cve: new Map(ids.map((id) => [id, rawCveRecord(id)])),
    });
    try {
      const env = { ERAS_HOME: home, NVD_API_KEY: 'test', ...sources.env, ...models.env.anthropic };
      expect((await runEras(['assess', ...ids, '--format', 'json'], env)).code).toBe(0);
      const { win, diagnosis } = await doctor(env, home);
      expect(win('many findings a call of the model')?.saves).toMatch(/^\d+ of 24 calls of the last assessment$/);
      expect(win('fast, balanced and deep models by task')?.saves).toMatch(/^USD [\d.]+ so far$/);
      expect(win('NVD API key')).toMatchObject({ on: true, saves: expect.stringMatching(/^\d+ s of waiting/) });
      expect(diagnosis.next.join()).not.toContain('a first assessment');
    } finally {
      await sources.close();
    }
  });
});

describe('doctor of ServiceNow', () => {
  let instance: ServiceNowServer;
  beforeAll(async () => {
    instance = await startServiceNow({ tables: { incident: [], cmdb_ci: [] } });
  });
  afterAll(() => instance.close());
  const env = (password: string) => ({
    SERVICENOW_INSTANCE_URL: instance.origin,
    SERVICENOW_USERNAME: ACCOUNT.username,
    SERVICENOW_PASSWORD: password,
  });

  it('reads once, signed in', async () => {
    instance.asked.length = 0;
    const { check, code } = await doctor(env(ACCOUNT.password));
    expect(check('servicenow')).toMatchObject({ status: 'ok', detail: expect.stringContaining('may read') });
    expect([code, instance.asked.length, instance.asked[0]?.method]).toEqual([0, 1, 'GET']);
  });

  it('fails where the account is refused, without showing it', async () => {
    const { check, code, stdout } = await doctor(env('not-the-word'));
    expect(code).toBe(1);
    expect(check('servicenow')).toMatchObject({ status: 'fail', fix: expect.stringContaining('account') });
    expect(stdout).not.toContain('not-the-word');
  });

  it('fails where there is nothing to sign in with, and warns where nobody answers', async () => {
    expect((await doctor({ SERVICENOW_INSTANCE_URL: instance.origin })).check('servicenow')?.status).toBe('fail');
    const away = await doctor({ ...env('x'), SERVICENOW_INSTANCE_URL: NOBODY });
    expect([away.check('servicenow')?.status, away.code]).toEqual(['warn', 0]);
  });

  it('asks nobody offline', async () => {
    instance.asked.length = 0;
    const { diagnosis, check } = await doctor({ ...env('x'), ERAS_OFFLINE: '1', REDIS_URL: 'redis://127.0.0.1:9' });
    expect([instance.asked.length, diagnosis.ok]).toEqual([0, true]);
    expect(check('servers')?.detail).toBe('not asked: offline');
  });
});

it('doctor tells the version of Chroma, and of what is no Chroma that it is none', async () => {
  let answer = '"1.0.5"';
  const paths: (string | undefined)[] = [];
  const chroma = createServer((request, response) => {
    paths.push(request.url);
    response.setHeader('content-type', 'application/json').end(answer);
  });
  await new Promise<void>((resolve) => chroma.listen(0, '127.0.0.1', resolve));
  const env = { CHROMA_URL: `http://127.0.0.1:${(chroma.address() as AddressInfo).port}/` };
  expect((await doctor(env)).check('chroma')).toMatchObject({
    status: 'ok',
    detail: expect.stringContaining('version 1.0.5'),
  });
  answer = '{"hello":"world"}';
  expect(await doctor(env)).toMatchObject({ code: 1 });
  chroma.close();
  expect(paths).toEqual(['/api/v2/version', '/api/v2/version']);
});

it('doctor does not wait for servers that accept and say nothing', async () => {
  const silent = createServer(() => undefined);
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`;
  const run = await doctor({
    CHROMA_URL: url,
    OSV_API_URL: url,
    REDIS_URL: url.replace('http', 'redis'),
    ANTHROPIC_API_KEY: 'k',
    ANTHROPIC_BASE_URL: url,
    SERVICENOW_INSTANCE_URL: url,
    SERVICENOW_TOKEN: 't',
  });
  silent.closeAllConnections();
  silent.close();
  expect(run.milliseconds).toBeLessThan(8000);
  const statuses = ['chroma', 'osv', 'redis', 'language model', 'servicenow'].map((name) => run.check(name)?.status);
  // What speaks HTTP at the place of Redis is no Redis.
  expect(statuses).toEqual(['fail', 'warn', 'fail', 'warn', 'warn']);
});

describe.skipIf(!hasService('redis-server'))('doctor of a fleet', () => {
  let redis: RedisServer;
  beforeAll(async () => {
    redis = await startRedis();
  });
  afterAll(() => redis.stop());

  it('calls the shared cache on where Redis answers, and not where its check fails', async () => {
    const shared = 'response cache shared by machines (Redis)';
    expect((await doctor({ REDIS_URL: redis.url })).win(shared)?.on).toBe(true);
    const away = await doctor({ REDIS_URL: NOBODY.replace('http', 'redis') });
    expect([away.check('redis')?.status, away.code, away.win(shared)?.on]).toEqual(['fail', 1, false]);
  });

  it('counts the workers that are alive', async () => {
    const env = { ERAS_HOME: newHome(), REDIS_URL: redis.url };
    expect((await doctor(env, env.ERAS_HOME)).check('fleet workers')?.detail).toContain('none is alive');
    const worker = startEras(['worker'], { ...env, ERAS_METRICS_PORT: '0' });
    try {
      await expect
        .poll(async () => (await doctor(env, env.ERAS_HOME)).check('fleet workers')?.detail, {
          timeout: 30_000,
          interval: 500,
        })
        .toBe('1 alive');
    } finally {
      worker.kill('SIGTERM');
      await worker.done;
    }
  }, 60_000);
});
