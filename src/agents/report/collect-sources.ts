import type { DataAsOf, Gap } from '../../domain/assessment/schema.ts';
import type { CveId } from '../../domain/cve/cve-id.ts';
import { ORIGINS, type Origin, SOURCE_NAMES, type SourceName } from '../../domain/source/lookup.ts';
import type { AssessmentStore, FindingDigest } from '../../ports/assessment-store.ts';

/** How fresh the facts of a run are, and what is missing of them: told while findings stream by. */
export interface SourceCollector {
  add(finding: FindingDigest): void;
  dataAsOf(): DataAsOf;
  /**
   * A gap for each answer that lacks something, in the order of the ids. A withdrawn id needs no more facts than that: what other sources
   * lack about it is no gap.
   */
  gaps(cveIds: readonly CveId[], lacking: Awaited<ReturnType<AssessmentStore['loadGaps']>>): Gap[];
}

interface Freshness {
  readonly origin: Origin;
  readonly at: string | null;
}

/** Creates a collector that has seen nothing. */
export function createSourceCollector(): SourceCollector {
  const freshness = new Map<SourceName, Freshness>();
  const withdrawn = new Set<string>();
  const unread = new Map<string, SourceName[]>();
  const of = (source: SourceName): Freshness => freshness.get(source) ?? { origin: 'unavailable', at: null };
  return {
    add({ vulnerabilityId, status, sources }) {
      // Where no register has it, a withdrawn record says so, and a register that was not read might have said otherwise.
      const isTold = sources.nvd.state === 'found' || sources.ssvc.state === 'found';
      if (status === 'rejected' && isTold) withdrawn.add(vulnerabilityId);
      for (const source of SOURCE_NAMES) {
        const { state, origin, at } = sources[source];
        freshness.set(source, worse(freshness.get(source), { origin: origin ?? 'unavailable', at }));
        if (state === 'unavailable') unread.set(vulnerabilityId, [...(unread.get(vulnerabilityId) ?? []), source]);
      }
    },
    dataAsOf: () => ({ nvd: of('nvd'), kev: of('kev'), epss: of('epss'), ssvc: of('ssvc'), attack: of('attack') }),
    gaps(cveIds, lacking) {
      const reasons = new Map<string, Map<SourceName, string>>();
      for (const { cveId, source, gap } of lacking)
        reasons.set(cveId, (reasons.get(cveId) ?? new Map()).set(source, gap));
      return cveIds.flatMap((cveId) => {
        if (withdrawn.has(cveId)) return [];
        const known = reasons.get(cveId);
        return SOURCE_NAMES.flatMap((source): Gap[] => {
          const isUnread = unread.get(cveId)?.includes(source) === true;
          const reason = known?.get(source) ?? (isUnread ? 'the source gave no answer' : undefined);
          return reason === undefined ? [] : [{ cveId, source, reason }];
        });
      });
    },
  };
}

/** The worse origin, and the older of the two dates (an answer that is missing has none). */
function worse(left: Freshness | undefined, right: Freshness): Freshness {
  if (left === undefined) return right;
  const origin = ORIGINS.indexOf(left.origin) >= ORIGINS.indexOf(right.origin) ? left.origin : right.origin;
  const [oldest] = [left.at, right.at].filter((at) => at !== null).sort();
  return { origin, at: oldest ?? null };
}
