import type { CveId } from '../../domain/cve/cve-id.ts';
import type { KevCatalogue, KevEntry } from '../../domain/kev/kev-entry.ts';
import type { Lookup } from '../../domain/source/lookup.ts';
import { planCatalogue, type SourcePlan } from '../../domain/source/source-plan.ts';
import { chunksOf } from '../../kernel/chunks-of.ts';
import type { Clock } from '../../kernel/clock.ts';
import { messageOf } from '../../kernel/risk-error.ts';
import type { GatheredAnswer } from '../../ports/assessment-store.ts';
import type { Cache } from '../../ports/cache.ts';
import type { Mirror } from '../../ports/mirror.ts';
import type { CatalogueSource } from '../../ports/vulnerability-source.ts';
import { CATALOGUE_LIFETIME_MS, isFresh } from './freshness.ts';
import { asAtHand, type GatherCall, type Gatherer, originOf } from './gatherer.ts';
import { recallRecords } from './record-gatherer.ts';
import { refuseShrunk } from './refuse-shrunk.ts';
import { fetchShared, originOfFetched } from './shared-catalogue.ts';

/** Answers that are in memory at once. */
const AT_ONCE = 1000;

/** Where the KEV catalogue can come from. */
export interface KevGathererParts {
  readonly source: CatalogueSource<KevCatalogue>;
  readonly mirror: Mirror;
  readonly cache: Cache;
  readonly snapshot: (cveId: CveId) => Lookup<KevEntry>;
  readonly clock: Clock;
  readonly offline: boolean;
  /** Entries of the bundled catalogue: one with less than half of them is no CISA catalogue, and worth a word. */
  readonly countBundled: () => number;
}

/**
 * Loads a KEV catalogue into the mirror, whole: what it does not list is not listed. Returns the number of entries.
 * @throws RiskError `SOURCE_UNAVAILABLE` where it has lost so many entries that believing it would call exploited CVEs safe.
 */
export function mirrorKev(mirror: Mirror, catalogue: KevCatalogue, fetchedAt: string): number {
  refuseShrunk('the KEV catalogue', mirror.countRecords('kev'), catalogue.entries.length);
  const rows = catalogue.entries.map((record) => ({ cveId: record.cveId, record }));
  const { catalogVersion: version, unreadable } = catalogue;
  return mirror.replaceRecords('kev', rows, { version, fetchedAt, unreadable });
}

/** CISA's KEV: the catalogue is one small file, so it is fetched whole when the mirror's copy is no longer fresh. */
export function createKevGatherer(parts: KevGathererParts): Gatherer<KevEntry> {
  const { source, mirror, cache, snapshot, clock, offline } = parts;

  /** Whether the mirror's catalogue is used without asking for a newer one. */
  function isAtHand(fetchedAt: string | undefined): boolean {
    return offline || (fetchedAt !== undefined && isFresh(fetchedAt, CATALOGUE_LIFETIME_MS.kev, clock.now()));
  }

  function plan(cveIds: readonly CveId[]): SourcePlan {
    const state = mirror.findState('kev');
    // A mirrored catalogue speaks of every CVE, the bundled one of those in the snapshot only.
    const unknown = state === null ? cveIds.filter((cveId) => snapshot(cveId).kind === 'unavailable').length : 0;
    return planCatalogue('kev', cveIds.length, isAtHand(state?.fetchedAt), unknown);
  }

  /** Null: the mirror holds a catalogue as fresh as may be; else why it does not. */
  async function refresh(call: GatherCall): Promise<{ live: boolean; failure: string | null }> {
    const state = mirror.findState('kev');
    if (isAtHand(state?.fetchedAt)) {
      const isLive = state !== null && originOf('mirror', state.fetchedAt, call.since) === 'live';
      return { live: isLive, failure: null };
    }
    try {
      const fetched = await fetchShared(cache, 'kev', call, () => source.fetchCatalogue(call));
      mirrorKev(mirror, fetched.catalogue, fetched.fetchedAt ?? clock.now().toISOString());
      return { live: originOfFetched(fetched, call.since) === 'live', failure: null };
    } catch (error) {
      call.signal.throwIfAborted();
      if (state !== null) call.warn(`kev: ${messageOf(error)}; the catalogue fetched ${state.fetchedAt} stands in`);
      return { live: false, failure: messageOf(error) };
    }
  }

  /** What every run must know of the catalogue that it believes, whoever fetched it and when. */
  function warnOfCatalogue(call: GatherCall): void {
    const state = mirror.findState('kev');
    if (state === null) return;
    const { records, unreadable = 0 } = state;
    if (unreadable > 0) {
      const what = `${unreadable} of its entries name no CVE that can be read`;
      call.warn(`kev: ${what} and are left out: a CVE that is not listed may be one of them`);
    }
    const bundled = parts.countBundled();
    if (records < bundled / 2) {
      call.warn(`kev: the catalogue has only ${records} entries, the bundled one ${bundled}; is KEV_URL right?`);
    }
  }

  function lookAtHand(cveIds: readonly CveId[], failure: string | null): GatheredAnswer<KevEntry>[] {
    return recallRecords<KevEntry>(parts, 'kev', cveIds, () => failure);
  }

  return {
    name: 'kev',
    recall: async (cveIds) => lookAtHand(cveIds, null),
    plan: async (cveIds) => plan(cveIds),
    async *gather(cveIds, call) {
      call.onPlan?.(plan(cveIds));
      const { live, failure } = await refresh(call);
      warnOfCatalogue(call);
      for (const chunk of chunksOf(cveIds, AT_ONCE)) {
        const answers = lookAtHand(chunk, failure);
        yield live ? answers.map(asLive) : answers.map(asAtHand);
      }
    },
  };
}

function asLive<Rec>(answer: GatheredAnswer<Rec>): GatheredAnswer<Rec> {
  const { lookup } = answer;
  if (lookup.kind === 'unavailable') return answer;
  return { ...answer, lookup: { ...lookup, provenance: { ...lookup.provenance, origin: 'live' } } };
}
