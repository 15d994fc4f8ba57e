import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Assessment } from '../../src/domain/assessment/schema.ts';
import { rawCveRecord, rawNvdRecord } from '../support/raw-records.ts';
import { runEras } from '../support/run-eras.ts';
import { hasService, type RedisServer, startRedis } from '../support/services.ts';
import { type SourceServer, startSourceServer } from '../support/source-server.ts';

const PROCESSES = 10;
const IDS = Array.from({ length: 100 }, (_, index) => `CVE-2024-${10_000 + index}`);
const hasRedis = hasService('redis-server');
const homes: string[] = [];
afterAll(() => {
  for (const home of homes) rmSync(home, { recursive: true, force: true });
});

function newHome(): string {
  const home = mkdtempSync(join(tmpdir(), 'eras-redis-home-'));
  homes.push(home);
  return home;
}

describe.skipIf(!hasRedis)('several machines with one Redis', () => {
  let redis: RedisServer;
  let server: SourceServer;
  beforeAll(async () => {
    redis = await startRedis();
    server = await startSourceServer({
      nvd: new Map(IDS.map((id) => [id, rawNvdRecord(id)])),
      cve: new Map(IDS.map((id) => [id, rawCveRecord(id)])),
      epss: new Map(IDS.map((id) => [id, { epss: '0.5', percentile: '0.9' }])),
    });
    server.behave('all', { kind: 'normal', delayMs: 200 });
  });
  afterAll(async () => {
    await redis.stop();
    await server.close();
  });
  const assess = (env: Readonly<Record<string, string>>, ...more: string[]) =>
    runEras(['assess', ...IDS, '--format', 'json', ...more], {
      ERAS_HOME: newHome(),
      ...server.env,
      NVD_API_KEY: 'test',
      ...env,
    });

  // A machine that is busy with other suites can keep a process from its socket for the 250 ms after which it goes on without Redis.
  it('ask each source once for what all of them want', { retry: 2 }, async () => {
    await runEras(['cache', 'clear'], { ERAS_HOME: newHome(), REDIS_URL: redis.url });
    const before = server.requests.length;
    const results = await Promise.all(Array.from({ length: PROCESSES }, () => assess({ REDIS_URL: redis.url })));
    for (const { code, stderr, stdout } of results) {
      expect([code, stderr.includes('failed')]).toEqual([0, false]);
      expect((JSON.parse(stdout) as Assessment).findings).toHaveLength(IDS.length);
    }
    const counts = countBy(server.requests.slice(before).map(({ source }) => source));
    expect(counts).toEqual({
      nvd: 1,
      epss: 1,
      cve: IDS.length,
      kev: 1,
      attack: 1,
    });
    expect(new Set(server.requests.map(({ url }) => url)).size).toBe(server.requests.length);
  });

  it('answer from it the next time', async () => {
    server.requests.length = 0;
    const { code, stdout } = await assess({ REDIS_URL: redis.url });
    expect([code, server.requests.length]).toEqual([0, 0]);
    expect((JSON.parse(stdout) as Assessment).dataAsOf.nvd.origin).toBe('cache');
    const stats = await runEras(['cache', 'stats', '--format', 'json'], { ERAS_HOME: newHome(), REDIS_URL: redis.url });
    expect(JSON.parse(stats.stdout)).toMatchObject({ backend: 'redis' });
    expect(JSON.parse(stats.stdout).namespaces).toContainEqual({
      namespace: 'nvd_cve',
      entries: IDS.length,
      bytes: null,
    });
  });

  it('go on without it where it is not there, and say so', async () => {
    const { code, stdout, stderr } = await assess({ REDIS_URL: 'redis://:secret-word@127.0.0.1:9' });
    expect(code).toBe(0);
    const document = JSON.parse(stdout) as Assessment;
    expect(document.findings).toHaveLength(IDS.length);
    expect(document.warnings.join()).toContain('the response cache failed');
    expect(stdout + stderr).not.toContain('secret-word');
  });

  it('are told by doctor whether it is there', async () => {
    const doctor = async (url: string) => {
      const { stdout } = await runEras(['doctor', '--json'], { ERAS_HOME: newHome(), REDIS_URL: url });
      const { ok, checks } = JSON.parse(stdout) as { ok: boolean; checks: { name: string }[] };
      return { ok, redis: checks.find(({ name }) => name === 'redis') };
    };
    expect(await doctor(redis?.url ?? '')).toMatchObject({
      ok: true,
      redis: { status: 'ok', detail: expect.stringMatching(/^version \d/) },
    });
    const without = await doctor('redis://:secret-word@127.0.0.1:9');
    expect(without).toMatchObject({ ok: false, redis: { status: 'fail' } });
    expect(JSON.stringify(without)).not.toContain('secret-word');
  });

  it('do not touch it offline', async () => {
    const { stderr } = await assess({ REDIS_URL: 'redis://127.0.0.1:9' }, '--offline');
    expect(stderr).not.toContain('cache');
  });
});

function countBy(names: readonly string[]): Record<string, number> {
  return Object.fromEntries([...new Set(names)].map((name) => [name, names.filter((one) => one === name).length]));
}

describe('the embedded cache', () => {
  it('is counted and cleared', async () => {
    const env = { ERAS_HOME: newHome() };
    expect((await runEras(['cache', 'stats'], env)).stdout).toContain('response cache: embedded');
    expect(await runEras(['cache', 'clear'], env)).toMatchObject({ code: 0 });
    expect((await runEras(['cache', 'burn'], env)).code).toBe(2);
  });

  it('says what is wrong with REDIS_URL without showing it', async () => {
    const result = await runEras(['cache', 'stats'], { ERAS_HOME: newHome(), REDIS_URL: 'http://secret-word' });
    expect(result.code).toBe(2);
    expect(result.stderr).toBe(
      'eras: REDIS_URL is not a redis or rediss URL with a host, such as redis://127.0.0.1:6379\n',
    );
  });
});
