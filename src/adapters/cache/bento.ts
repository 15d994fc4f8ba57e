import { createHash } from 'node:crypto';
import { BentoCache, bentostore } from 'bentocache';
import { memoryDriver } from 'bentocache/drivers/memory';
import type { CreateDriverResult, L2CacheDriver } from 'bentocache/types';
import type { Clock } from '../../kernel/clock.ts';
import type { CachedValue, CacheEntry, CacheNamespace } from '../../ports/cache.ts';
import { lifetimeOf } from './lifetimes.ts';

/** The version stands for the shape of what is kept: values of another one are not found. */
export const PREFIX = 'eras:2';

/** A memory tier before a second one, by the namespaces and keys of the port. */
export interface Tiers {
  get<Value>(namespace: CacheNamespace, key: string): Promise<CachedValue<Value> | undefined>;
  set<Value>(namespace: CacheNamespace, entry: CacheEntry<Value>): Promise<void>;
  clear(namespace: CacheNamespace): Promise<void>;
  close(): Promise<void>;
}

/** Puts a memory tier of 32 MB before another one. */
export function createTiers(second: CreateDriverResult<L2CacheDriver>, clock: Clock): Tiers {
  const bento = new BentoCache({
    default: 'answers',
    prefix: PREFIX,
    suppressL2Errors: false,
    stores: {
      answers: bentostore()
        .useL1Layer(memoryDriver({ maxSize: '32mb', maxEntrySize: '1mb' }))
        .useL2Layer(second),
    },
  });
  return {
    get: async (namespace, key) => (await bento.namespace(namespace).get({ key: hashOf(key) })) ?? undefined,
    async set(namespace, { key, value, isNegative = false, storedAt }) {
      const now = clock.now();
      await bento.namespace(namespace).set({
        key: hashOf(key),
        value: { value, storedAt: storedAt ?? now.toISOString() },
        ttl: lifetimeOf(namespace, isNegative, now),
      });
    },
    clear: (namespace) => bento.namespace(namespace).clear(),
    close: () => bento.disconnectAll(),
  };
}

/** Keys hold text of any length and kind; what is stored is of one length and tells nothing. */
export function hashOf(key: string): string {
  return createHash('sha256').update(key).digest('hex');
}
