import type { Clock } from '../../kernel/clock.ts';
import { messageOf } from '../../kernel/risk-error.ts';
import { CACHE_NAMESPACES, type Cache, type CachedValue, type CacheNamespace } from '../../ports/cache.ts';
import { createTiers } from './bento.ts';
import { type CacheDatabase, databaseTier, keepWithin, pruneExpired, statsOf } from './database-driver.ts';
import { createFlights } from './flights.ts';

/** What the table may hold, bytes of values; beyond it, what expires first goes first. */
const MOST_BYTES = 256 * 2 ** 20;

/**
 * The response cache in the embedded store, with a small memory tier before it. A failing store makes it an empty cache, and
 * `onError` is told once.
 */
export function createEmbeddedCache(database: CacheDatabase, clock: Clock, onError: (error: unknown) => void): Cache {
  const tier = databaseTier(database);
  const tiers = createTiers(tier.driver, clock);
  const flights = createFlights();
  let failed: string | null = null;

  async function orEmpty<Value>(work: () => Promise<Value>, empty: Value): Promise<Value> {
    if (failed !== null) return empty;
    try {
      return await work();
    } catch (error) {
      failed = messageOf(error);
      onError(error);
      return empty;
    }
  }

  function getMany<Value>(namespace: CacheNamespace, keys: readonly string[]) {
    return orEmpty<ReadonlyMap<string, CachedValue<Value>>>(async () => {
      const found = new Map<string, CachedValue<Value>>();
      for (const key of keys) {
        const value = await tiers.get<Value>(namespace, key);
        if (value !== undefined) found.set(key, value);
      }
      return found;
    }, new Map());
  }

  return {
    isShared: false,
    getMany,
    setMany(namespace, entries) {
      return orEmpty(async () => {
        for (const entry of entries) await tiers.set(namespace, entry);
      }, undefined);
    },
    claim: async (namespace, keys) =>
      withNamespace(namespace, keys, flights.claim(keys.map((key) => `${namespace}:${key}`))),
    async awaitLanding<Value>(namespace: CacheNamespace, keys: readonly string[]) {
      await flights.landed(keys.map((key) => `${namespace}:${key}`));
      return getMany<Value>(namespace, keys);
    },
    stats: () =>
      orEmpty(async () => {
        tier.flush();
        return CACHE_NAMESPACES.map((namespace) => statsOf(database, namespace));
      }, []),
    async clear(namespace) {
      for (const one of namespace === undefined ? CACHE_NAMESPACES : [namespace]) await tiers.clear(one);
    },
    failure: () => failed,
    async close() {
      await orEmpty(async () => {
        tier.flush();
        pruneExpired(database, clock.now());
        keepWithin(database, MOST_BYTES);
      }, undefined);
      await tiers.close();
    },
  };
}

type Claimed = Awaited<ReturnType<Cache['claim']>>;

function withNamespace(namespace: CacheNamespace, keys: readonly string[], claim: Claimed): Claimed {
  const mine = new Set(claim.mine);
  return {
    mine: keys.filter((key) => mine.has(`${namespace}:${key}`)),
    others: keys.filter((key) => !mine.has(`${namespace}:${key}`)),
    release: claim.release,
  };
}
