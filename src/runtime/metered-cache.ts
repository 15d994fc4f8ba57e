import type { CacheCounts } from '../ports/assessment-store.ts';
import type { Cache } from '../ports/cache.ts';
import { type Metrics, NO_METRICS } from '../ports/metrics.ts';

/** A cache that counts its hits and misses, for one assessment. */
export interface MeteredCache extends Cache {
  /** What was looked up since the last call. */
  takeCounts(): CacheCounts;
}

/** Counts what a cache answers. A second look for a key that was missing is no further look-up. */
export function meterCache(cache: Cache, metrics: Pick<Metrics, 'cacheRequests'> = NO_METRICS): MeteredCache {
  let byNamespace: Record<string, { hits: number; misses: number }> = {};
  return {
    ...cache,
    async getMany<Value>(...[namespace, keys, look]: Parameters<Cache['getMany']>) {
      const found = await cache.getMany<Value>(namespace, keys, look);
      if (look?.isSecond === true) return found;
      const counts = byNamespace[namespace] ?? { hits: 0, misses: 0 };
      const answers = { hits: found.size, misses: keys.length - found.size };
      counts.hits += answers.hits;
      counts.misses += answers.misses;
      byNamespace[namespace] = counts;
      metrics.cacheRequests(namespace, answers);
      return found;
    },
    takeCounts() {
      const taken = byNamespace;
      byNamespace = {};
      return taken;
    },
  };
}
