import type { Advisory, AdvisoryAnswer, AdvisorySource } from '../ports/advisory-source.ts';
import type { Cache } from '../ports/cache.ts';
import type { SourceCall } from '../ports/vulnerability-source.ts';

/** Advisories from the response cache, else from their source. */
export type Advisories = Pick<AdvisorySource, 'findByPackages' | 'fetchAdvisories'>;

/** Puts the response cache before a source of advisories: what was asked within its lifetime is not asked again. */
export function createCachedAdvisories(source: AdvisorySource, cache: Cache): Advisories {
  const through =
    <Value>(
      kind: string,
      ask: (keys: readonly string[], call: SourceCall) => Promise<ReadonlyMap<string, AdvisoryAnswer<Value>>>,
    ) =>
    async (keys: readonly string[], call: SourceCall) => {
      const name = (key: string) => `${kind} ${key}`;
      const wanted = [...new Set(keys)];
      const hits = await cache.getMany<AdvisoryAnswer<Value>>('osv', wanted.map(name));
      const missing = wanted.filter((key) => !hits.has(name(key)));
      const fresh = missing.length === 0 ? new Map<string, AdvisoryAnswer<Value>>() : await ask(missing, call);
      const entries = [...fresh].flatMap(([key, value]) =>
        value.kind === 'unavailable' || (value.kind === 'found' && value.missing !== undefined)
          ? []
          : [{ key: name(key), value, isNegative: value.kind === 'absent' }],
      );
      await cache.setMany('osv', entries);
      return new Map(
        wanted.flatMap((key) => {
          const answer = fresh.get(key) ?? hits.get(name(key))?.value;
          return answer === undefined ? [] : [[key, answer] as const];
        }),
      );
    };
  return {
    findByPackages: through<readonly string[]>('package', source.findByPackages),
    fetchAdvisories: through<Advisory>('advisory', source.fetchAdvisories),
  };
}
