import type { Usage } from '../domain/assessment/schema.ts';
import type { Cache } from '../ports/cache.ts';
import { type Metrics, NO_METRICS } from '../ports/metrics.ts';

/** A cache that counts its hits and misses. */
export interface MeteredCache extends Cache {
  usage(): Usage['cache'];
}

/** Counts what a cache answers. */
export function meterCache(cache: Cache, metrics: Pick<Metrics, 'cacheRequests'> = NO_METRICS): MeteredCache {
  const byNamespace: Record<string, { hits: number; misses: number }> = {};
  return {
    ...cache,
    async getMany<Value>(...[namespace, keys]: Parameters<Cache['getMany']>) {
      const found = await cache.getMany<Value>(namespace, keys);
      const counts = byNamespace[namespace] ?? { hits: 0, misses: 0 };
      const answers = { hits: found.size, misses: keys.length - found.size };
      counts.hits += answers.hits;
      counts.misses += answers.misses;
      byNamespace[namespace] = counts;
      metrics.cacheRequests(namespace, answers);
      return found;
    },
    usage() {
      const all = Object.values(byNamespace);
      return {
        hits: all.reduce((sum, { hits }) => sum + hits, 0),
        misses: all.reduce((sum, { misses }) => sum + misses, 0),
        byNamespace,
      };
    },
  };
}
