import { BentoCache, bentostore } from 'bentocache';
import { memoryDriver } from 'bentocache/drivers/memory';
import type { Clock } from '../../kernel/clock.ts';
import type { Cache, CachedValue, CacheNamespace } from '../../ports/cache.ts';
import { type CacheDatabase, databaseTier, pruneExpired } from './database-driver.ts';

/** Time to live of each namespace. */
const LIFETIME: Readonly<Record<CacheNamespace, string>> = {
  nvd_cve: '24h',
  // EPSS is published once a day; until the next publication is known, half a day is never more than one behind.
  epss: '12h',
  ssvc: '24h',
  llm_summary: '1h',
};

/**
 * The response cache in the embedded store, with a small memory tier before it. A failing store makes it an empty cache, and
 * `onError` is told once.
 */
export function createEmbeddedCache(database: CacheDatabase, clock: Clock, onError: (error: unknown) => void): Cache {
  const tier = databaseTier(database);
  const bento = new BentoCache({
    default: 'embedded',
    prefix: 'eras:1',
    suppressL2Errors: false,
    stores: {
      embedded: bentostore()
        .useL1Layer(memoryDriver({ maxSize: '32mb', maxEntrySize: '1mb' }))
        .useL2Layer(tier.driver),
    },
  });
  let failed = false;

  async function orEmpty<Value>(work: () => Promise<Value>, empty: Value): Promise<Value> {
    if (failed) return empty;
    try {
      return await work();
    } catch (error) {
      failed = true;
      onError(error);
      return empty;
    }
  }

  return {
    getMany<Value>(namespace: CacheNamespace, keys: readonly string[]) {
      const store = bento.namespace(namespace);
      return orEmpty<ReadonlyMap<string, CachedValue<Value>>>(async () => {
        const found = new Map<string, CachedValue<Value>>();
        for (const key of keys) {
          const value = await store.get<CachedValue<Value>>({ key });
          if (value !== undefined && value !== null) found.set(key, value);
        }
        return found;
      }, new Map());
    },
    setMany(namespace, entries) {
      const store = bento.namespace(namespace);
      const storedAt = clock.now().toISOString();
      return orEmpty(async () => {
        for (const { key, value } of entries) {
          await store.set({ key, value: { value, storedAt }, ttl: LIFETIME[namespace] as `${number}h` });
        }
      }, undefined);
    },
    async close() {
      await orEmpty(async () => {
        tier.flush();
        pruneExpired(database, clock.now());
      }, undefined);
      await bento.disconnectAll();
    },
  };
}
