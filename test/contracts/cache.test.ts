import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createEmbeddedCache } from '../../src/adapters/cache/embedded-cache.ts';
import { createRedisCache } from '../../src/adapters/cache/redis-cache.ts';
import { createRedisLink } from '../../src/adapters/redis/redis-link.ts';
import { openDatabase } from '../../src/adapters/sqlite/database.ts';
import { systemClock } from '../../src/kernel/clock.ts';
import type { Cache } from '../../src/ports/cache.ts';
import { hasService, type RedisServer, startRedis, startSlowWay } from '../support/services.ts';
import { SLACK_MS } from '../support/slack.ts';

const hasRedis = hasService('redis-server');
const folder = mkdtempSync(join(tmpdir(), 'eras-cache-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let redis: RedisServer | undefined;
beforeAll(async () => {
  if (hasRedis) redis = await startRedis();
});
afterAll(() => redis?.stop());

const signal = new AbortController().signal;
const errors: unknown[] = [];
const opened: Cache[] = [];
afterEach(async () => {
  for (const cache of opened.splice(0)) await cache.close();
});
function open(cache: Cache): Cache {
  opened.push(cache);
  return cache;
}
let files = 0;

describe.each([
  [
    'embedded',
    true,
    () =>
      createEmbeddedCache(openDatabase(join(folder, `${files++}.db`), new Date()).database, systemClock, (error) =>
        errors.push(error),
      ),
  ],
  [
    'redis',
    hasRedis,
    () =>
      createRedisCache({ link: createRedisLink(redis?.url ?? '', (error) => errors.push(error)), clock: systemClock }),
  ],
] as const)('the %s cache', (_name, isThere, create) => {
  const test = it.skipIf(!isThere);

  test('holds what a large assessment asks for', async () => {
    const keys = Array.from({ length: 10_000 }, (_, index) => `CVE-2024-${10_000 + index}`);
    const writing = open(create());
    // A record of NVD has a few kilobytes.
    const value = { record: 'x'.repeat(3000) };
    await writing.setMany(
      'nvd_cve',
      keys.map((key) => ({ key, value })),
    );
    expect((await writing.getMany('nvd_cve', keys)).size).toBe(10_000);
    expect(writing.failure()).toBeNull();
    await writing.clear();
  });

  test('gives back what it was given, by namespace', async () => {
    const cache = open(create());
    await cache.clear();
    await cache.setMany('nvd_cve', [
      { key: 'CVE-1', value: { record: 1 } },
      { key: 'CVE-2', value: { record: null }, isNegative: true },
    ]);
    const found = await cache.getMany('nvd_cve', ['CVE-1', 'CVE-2', 'CVE-3']);
    expect([...found].map(([key, { value }]) => [key, value])).toEqual([
      ['CVE-1', { record: 1 }],
      ['CVE-2', { record: null }],
    ]);
    expect((await cache.getMany('epss', ['CVE-1'])).size).toBe(0);
    expect(await cache.stats()).toContainEqual(expect.objectContaining({ namespace: 'nvd_cve', entries: 2 }));
    await cache.clear('nvd_cve');
    expect((await cache.getMany('nvd_cve', ['CVE-1'])).size).toBe(0);
    expect(cache.failure()).toBeNull();
  });

  test('lets one flight fetch what several miss', async () => {
    const cache = open(create());
    await cache.clear();
    const first = await cache.claim('epss', ['a', 'b']);
    const second = await cache.claim('epss', ['b', 'c']);
    expect([first.mine, second.mine, second.others]).toEqual([['a', 'b'], ['c'], ['b']]);
    const landing = cache.awaitLanding<number>('epss', ['b'], signal);
    await cache.setMany('epss', [{ key: 'b', value: 7 }]);
    await first.release();
    expect((await landing).get('b')?.value).toBe(7);
    await second.release();
    expect((await cache.claim('epss', ['a', 'b', 'c'])).mine).toEqual(['a', 'b', 'c']);
  });

  test('says so where a flight came back without anything', async () => {
    const cache = open(create());
    await cache.clear();
    const first = await cache.claim('kev', ['x']);
    const landing = cache.awaitLanding('kev', ['x'], signal);
    await first.release();
    expect((await landing).size).toBe(0);
  });
});

describe.skipIf(!hasRedis)('redis in trouble', () => {
  const timed = async (work: Promise<unknown>) => {
    const begun = performance.now();
    await work;
    return performance.now() - begun;
  };
  // Loading the client is no waiting for Redis.
  const warm = async () => {
    const cache = createRedisCache({ link: createRedisLink(redis?.url ?? '', () => undefined), clock: systemClock });
    await cache.getMany('kev', ['x']);
    await cache.close();
  };

  it('absent is an empty cache, at once', async () => {
    await warm();
    const reasons: string[] = [];
    const cache = open(
      createRedisCache({
        link: createRedisLink('redis://127.0.0.1:9', (reason) => reasons.push(reason)),
        clock: systemClock,
      }),
    );
    expect(await timed(cache.getMany('kev', ['x']))).toBeLessThan(250 + SLACK_MS);
    expect((await cache.claim('kev', ['x'])).mine).toEqual(['x']);
    await cache.setMany('kev', [{ key: 'x', value: 1 }]);
    expect(reasons).toHaveLength(1);
    expect(cache.failure()).not.toBeNull();
  });

  it('as slow as a source is left alone', async () => {
    const { url, stop } = await startSlowWay(redis?.port ?? 0, 200);
    try {
      await warm();
      const cache = open(createRedisCache({ link: createRedisLink(url, () => undefined), clock: systemClock }));
      expect(await timed(cache.getMany('kev', ['x']))).toBeLessThan(250 + SLACK_MS);
      expect(cache.failure()).toMatch(/no answer within \d+ ms/);
    } finally {
      stop();
    }
  });

  it('that freezes in the middle blocks no call for long', async () => {
    const frozen = await startRedis();
    try {
      const cache = open(createRedisCache({ link: createRedisLink(frozen.url, () => undefined), clock: systemClock }));
      await cache.setMany('kev', [{ key: 'x', value: 1 }]);
      expect((await cache.getMany('kev', ['y'])).size).toBe(0);
      frozen.freeze();
      expect(await timed(cache.getMany('kev', ['z']))).toBeLessThan(250 + SLACK_MS);
      expect(await timed(cache.getMany('kev', ['z']))).toBeLessThan(SLACK_MS);
      expect(cache.failure()).not.toBeNull();
    } finally {
      await frozen.stop();
    }
  });

  it('that dies in the middle is an empty cache from then on', async () => {
    const dying = await startRedis();
    const cache = open(createRedisCache({ link: createRedisLink(dying.url, () => undefined), clock: systemClock }));
    await cache.setMany('kev', [{ key: 'x', value: 1 }]);
    await dying.stop();
    expect(await timed(cache.getMany('kev', ['y']))).toBeLessThan(250 + SLACK_MS);
    expect((await cache.claim('kev', ['y'])).mine).toEqual(['y']);
  });
});
