import type { Usage } from './schema.ts';

type CacheCounts = Usage['cache']['byNamespace'];

/** The sum of two counts of look-ups, namespace by namespace. */
export function addCacheCounts(known: CacheCounts, more: CacheCounts): CacheCounts {
  const sums = { ...known };
  for (const [namespace, { hits, misses }] of Object.entries(more)) {
    const { hits: knownHits, misses: knownMisses } = sums[namespace] ?? { hits: 0, misses: 0 };
    sums[namespace] = { hits: knownHits + hits, misses: knownMisses + misses };
  }
  return sums;
}
