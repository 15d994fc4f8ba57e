import type { Cache, CacheNamespace } from '../../ports/cache.ts';
import type { SourceCall } from '../../ports/vulnerability-source.ts';
import { originOf } from './gatherer.ts';

/** A catalogue, and when it was fetched by whoever did (ISO 8601); null: just now, by this run. */
export interface Fetched<Catalogue> {
  readonly catalogue: Catalogue;
  readonly fetchedAt: string | null;
}

/** Where a fetched catalogue comes from, as a run sees it that began at `since`: what an earlier run left in the cache is as good as mirrored. */
export function originOfFetched({ fetchedAt }: Fetched<unknown>, since: Date): 'live' | 'mirror' {
  return fetchedAt === null ? 'live' : originOf('mirror', fetchedAt, since);
}

const KEY = 'whole';

/** Fetches a catalogue once for all who share the cache. Where nobody does, the mirror is the only copy that is wanted. */
export async function fetchShared<Catalogue>(
  cache: Cache,
  namespace: CacheNamespace,
  call: SourceCall,
  fetch: () => Promise<Catalogue>,
): Promise<Fetched<Catalogue>> {
  if (!cache.isShared) return { catalogue: await fetch(), fetchedAt: null };
  const known = (await cache.getMany<Catalogue>(namespace, [KEY])).get(KEY);
  if (known !== undefined) return { catalogue: known.value, fetchedAt: known.storedAt };
  const claim = await cache.claim(namespace, [KEY]);
  try {
    // Whoever had the claim before may have landed between the look and the claim.
    const landed =
      claim.mine.length === 0
        ? await cache.awaitLanding<Catalogue>(namespace, [KEY], call.signal)
        : await cache.getMany<Catalogue>(namespace, [KEY], { isSecond: true });
    const found = landed.get(KEY);
    if (found !== undefined) return { catalogue: found.value, fetchedAt: found.storedAt };
    const catalogue = await fetch();
    await cache.setMany(namespace, [{ key: KEY, value: catalogue }]);
    return { catalogue, fetchedAt: null };
  } finally {
    await claim.release();
  }
}
