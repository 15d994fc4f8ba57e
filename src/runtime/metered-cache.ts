import type { Usage } from '../domain/assessment/schema.ts';
import type { Cache } from '../ports/cache.ts';

/** A cache that counts its hits and misses. */
export interface MeteredCache extends Cache {
  usage(): Usage['cache'];
}

/** Counts what a cache answers. */
export function meterCache(cache: Cache): MeteredCache {
  const byNamespace: Record<string, { hits: number; misses: number }> = {};
  return {
    ...cache,
    async getMany<Value>(...[namespace, keys]: Parameters<Cache['getMany']>) {
      const found = await cache.getMany<Value>(namespace, keys);
      const counts = byNamespace[namespace] ?? { hits: 0, misses: 0 };
      counts.hits += found.size;
      counts.misses += keys.length - found.size;
      byNamespace[namespace] = counts;
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
