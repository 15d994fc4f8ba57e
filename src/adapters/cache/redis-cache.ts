import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import { chunksOf } from '../../kernel/chunks-of.ts';
import type { Clock } from '../../kernel/clock.ts';
import {
  CACHE_NAMESPACES,
  type Cache,
  type CachedValue,
  type CacheNamespace,
  type CacheStats,
} from '../../ports/cache.ts';
import { createTiers, hashOf, PREFIX, type Tiers } from './bento.ts';

/** What the cache depends on. */
export interface RedisCacheOptions {
  readonly link: RedisAccess;
  readonly clock: Clock;
}

/** A process' one way to Redis, which gives `otherwise` where there is none. */
export interface RedisAccess {
  use<Value>(work: (redis: Redis) => Promise<Value>, otherwise: Value): Promise<Value>;
  failure(): string | null;
  close(): Promise<void>;
}

/** A claim whose owner died ends after this time; a living one renews it. */
const CLAIM_MS = 15_000;
const RENEW_MS = 5_000;
const POLL_MS = 40;
/** Records of one round trip, some hundred kilobytes: what is asked for at once is answered within the patience that Redis has. */
const GROUP = 100;
/** Who waits longer for others asks for itself. */
const LONGEST_WAIT_MS = 30_000;

/** Sets each claim that nobody holds, all at the same moment; returns which. */
const CLAIM = `
local mine = {}
for index, key in ipairs(KEYS) do
  if redis.call('SET', key, ARGV[1], 'NX', 'PX', ARGV[2]) then mine[#mine + 1] = index end
end
return mine`;
/** Gives back what is still held by this owner. */
const RELEASE = `
for _, key in ipairs(KEYS) do
  if redis.call('GET', key) == ARGV[1] then redis.call('DEL', key) end
end
return 0`;
/** Prolongs what is still held by this owner. */
const RENEW = `
for _, key in ipairs(KEYS) do
  if redis.call('GET', key) == ARGV[1] then redis.call('PEXPIRE', key, ARGV[2]) end
end
return 0`;

/**
 * The response cache in Redis, shared by machines, with a small memory tier before it. Redis absent, slow or dying makes it an empty cache, once and
 * for the rest of the process.
 */
export function createRedisCache({ link, clock }: RedisCacheOptions): Cache {
  // A link that was made anew has another connection.
  let opened: Opened | null = null;

  async function orEmpty<Value>(work: (opened: Opened) => Promise<Value>, empty: Value): Promise<Value> {
    if (link.failure() !== null) return empty;
    // Loaded outside of what Redis has its time for.
    const { redisDriver } = await import('bentocache/drivers/redis');
    return link.use((redis) => {
      if (opened?.redis !== redis) opened = { redis, tiers: createTiers(redisDriver({ connection: redis }), clock) };
      return work(opened);
    }, empty);
  }

  async function getMany<Value>(namespace: CacheNamespace, keys: readonly string[]) {
    const found = new Map<string, CachedValue<Value>>();
    for (const group of chunksOf(keys, GROUP)) {
      const values = await orEmpty(
        async ({ tiers }) => Promise.all(group.map((key) => tiers.get<Value>(namespace, key))),
        [],
      );
      for (const [index, value] of values.entries()) if (value !== undefined) found.set(group[index] ?? '', value);
    }
    return found;
  }

  async function isClaimed(namespace: CacheNamespace, keys: readonly string[]): Promise<boolean> {
    for (const group of chunksOf(keys, GROUP)) {
      const names = group.map((key) => claimKey(namespace, key));
      if (await orEmpty(async ({ redis }) => (await redis.exists(...names)) > 0, false)) return true;
    }
    return false;
  }

  /** Which of some keys are the caller's now; all of them where there is no Redis to ask. */
  async function claimAll(namespace: CacheNamespace, keys: readonly string[], owner: string): Promise<string[]> {
    const mine: string[] = [];
    for (const group of chunksOf(keys, GROUP)) {
      const names = group.map((key) => claimKey(namespace, key));
      const indexes = await orEmpty(
        async ({ redis }) => (await redis.eval(CLAIM, names.length, ...names, owner, CLAIM_MS)) as number[],
        group.map((_, index) => index + 1),
      );
      mine.push(...indexes.map((index) => group[index - 1] ?? ''));
    }
    return mine;
  }

  async function forClaims(script: string, names: readonly string[], ...args: readonly (string | number)[]) {
    for (const group of chunksOf(names, GROUP))
      await orEmpty(async ({ redis }) => redis.eval(script, group.length, ...group, ...args), null);
  }

  return {
    isShared: true,
    getMany,
    async setMany(namespace, entries) {
      for (const group of chunksOf(entries, GROUP)) {
        await orEmpty(async ({ tiers }) => {
          await Promise.all(group.map((entry) => tiers.set(namespace, entry)));
        }, undefined);
      }
    },
    async claim(namespace, keys) {
      const owner = randomUUID();
      const mine = new Set(await claimAll(namespace, keys, owner));
      const held = [...mine].map((key) => claimKey(namespace, key));
      const renewal = setInterval(() => void forClaims(RENEW, held, owner, CLAIM_MS), RENEW_MS).unref();
      return {
        mine: [...mine],
        others: keys.filter((key) => !mine.has(key)),
        async release() {
          clearInterval(renewal);
          await forClaims(RELEASE, held, owner);
        },
      };
    },
    async awaitLanding<Value>(namespace: CacheNamespace, keys: readonly string[], signal: AbortSignal) {
      const giveUpAt = performance.now() + LONGEST_WAIT_MS;
      while (performance.now() < giveUpAt && (await isClaimed(namespace, keys))) {
        await pause(POLL_MS, undefined, { signal });
      }
      return getMany<Value>(namespace, keys);
    },
    stats: () =>
      orEmpty(({ redis }) => Promise.all(CACHE_NAMESPACES.map((namespace) => countKeys(redis, namespace))), []),
    clear: (namespace) =>
      orEmpty(async ({ tiers }) => {
        for (const one of namespace === undefined ? CACHE_NAMESPACES : [namespace]) await tiers.clear(one);
      }, undefined),
    failure: () => link.failure(),
    close: () => link.close(),
  };
}

interface Opened {
  readonly redis: Redis;
  readonly tiers: Tiers;
}

function claimKey(namespace: CacheNamespace, key: string): string {
  return `${PREFIX}:claim:${namespace}:${hashOf(key)}`;
}

async function countKeys(redis: Redis, namespace: CacheNamespace): Promise<CacheStats> {
  let entries = 0;
  let cursor = '0';
  do {
    const [next, keys] = await redis.scan(cursor, 'MATCH', `${PREFIX}:${namespace}:*`, 'COUNT', 1000);
    entries += keys.length;
    cursor = next;
  } while (cursor !== '0');
  return { namespace, entries, bytes: null };
}
