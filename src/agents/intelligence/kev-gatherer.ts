import type { CveId } from '../../domain/cve/cve-id.ts';
import type { KevCatalogue, KevEntry } from '../../domain/kev/kev-entry.ts';
import type { Lookup } from '../../domain/source/lookup.ts';
import type { Clock } from '../../kernel/clock.ts';
import { messageOf, RiskError } from '../../kernel/risk-error.ts';
import type { Mirror } from '../../ports/mirror.ts';
import type { CatalogueSource } from '../../ports/vulnerability-source.ts';
import { CATALOGUE_LIFETIME_MS, isFresh } from './freshness.ts';
import { type GatherCall, type Gatherer, standIn } from './gatherer.ts';
import { fromMirror } from './record-gatherer.ts';

/** Where the KEV catalogue can come from. */
export interface KevGathererParts {
  readonly source: CatalogueSource<KevCatalogue>;
  readonly mirror: Mirror;
  readonly snapshot: (cveId: CveId) => Lookup<KevEntry>;
  readonly clock: Clock;
  readonly offline: boolean;
}

/** From this size on, a catalogue that suddenly halves is a fault of whoever serves it: CISA removes entries one by one, if ever. */
const GUARDED_SIZE = 100;

/**
 * Loads a KEV catalogue into the mirror, whole: what it does not list is not listed. Returns the number of entries.
 * @throws RiskError `SOURCE_UNAVAILABLE` where it has lost so many entries that believing it would call exploited CVEs safe.
 */
export function mirrorKev(mirror: Mirror, catalogue: KevCatalogue, fetchedAt: string): number {
  const before = mirror.countRecords('kev');
  if (before >= GUARDED_SIZE && catalogue.entries.length < before / 2) {
    const message = `the KEV catalogue has shrunk from ${before} to ${catalogue.entries.length} entries and is refused`;
    throw new RiskError({ code: 'SOURCE_UNAVAILABLE', message });
  }
  const rows = catalogue.entries.map((record) => ({ cveId: record.cveId, record }));
  return mirror.replaceRecords('kev', rows, { version: catalogue.catalogVersion, fetchedAt });
}

/** CISA's KEV: the catalogue is one small file, so it is fetched whole when the mirror's copy is no longer fresh. */
export function createKevGatherer({ source, mirror, snapshot, clock, offline }: KevGathererParts): Gatherer<KevEntry> {
  /** Null: the mirror holds a catalogue as fresh as may be; else why it does not. */
  async function refresh(call: GatherCall): Promise<{ live: boolean; failure: string | null }> {
    const state = mirror.findState('kev');
    if (offline || (state !== null && isFresh(state.fetchedAt, CATALOGUE_LIFETIME_MS.kev, clock.now()))) {
      return { live: false, failure: null };
    }
    try {
      mirrorKev(mirror, await source.fetchCatalogue(call), clock.now().toISOString());
      return { live: true, failure: null };
    } catch (error) {
      call.signal.throwIfAborted();
      if (state !== null) call.warn(`kev: ${messageOf(error)}; the catalogue fetched ${state.fetchedAt} stands in`);
      return { live: false, failure: messageOf(error) };
    }
  }

  return {
    name: 'kev',
    async *gather(cveIds, call) {
      const { live, failure } = await refresh(call);
      const mirrored = mirror.findRecords<KevEntry>('kev', cveIds);
      yield cveIds.map((cveId) => {
        const lookup = fromMirror(mirrored.get(cveId));
        return standIn(cveId, live ? asLive(lookup) : lookup, snapshot(cveId), failure);
      });
    },
  };
}

function asLive<Rec>(lookup: Lookup<Rec> | null): Lookup<Rec> | null {
  if (lookup === null || lookup.kind === 'unavailable') return lookup;
  return { ...lookup, provenance: { ...lookup.provenance, origin: 'live' } };
}
