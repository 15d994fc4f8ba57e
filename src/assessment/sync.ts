import { mirrorAttack } from '../agents/intelligence/attack-library.ts';
import { mirrorKev } from '../agents/intelligence/kev-gatherer.ts';
import { refuseShrunk } from '../agents/intelligence/refuse-shrunk.ts';
import type { AttackCatalogue } from '../domain/attack/attack.ts';
import type { CveOrgRecord, NvdRecord } from '../domain/cve/records.ts';
import type { EpssDay } from '../domain/epss/epss-day.ts';
import type { KevCatalogue } from '../domain/kev/kev-entry.ts';
import type { SourceName } from '../domain/source/lookup.ts';
import { sourceUnavailable } from '../domain/source/source-unavailable.ts';
import type { Clock } from '../kernel/clock.ts';
import { messageOf } from '../kernel/risk-error.ts';
import type { Mirror } from '../ports/mirror.ts';
import type { MirrorLoads } from '../ports/mirror-loads.ts';
import type { PagedSource } from '../ports/paged-source.ts';
import type { CatalogueSource, RecordSource, SourceCall } from '../ports/vulnerability-source.ts';
import { syncNvd } from './sync-nvd.ts';

/** The sources that can be loaded, the small ones first. */
export const SYNC_SOURCES = ['kev', 'epss', 'attack', 'ssvc', 'nvd'] as const satisfies readonly SourceName[];
export type SyncSource = (typeof SYNC_SOURCES)[number];

/** Where a mirror is, and what it is measured by. */
export interface SyncTarget {
  readonly mirror: Mirror;
  readonly loads: MirrorLoads;
  readonly clock: Clock;
  /** Entries of the bundled catalogues: one with less than half of them is worth a word. */
  readonly bundled: () => Readonly<Record<'kev' | 'epss', number>>;
}

/** What syncing over the network depends on. */
export interface SyncParts extends SyncTarget {
  readonly sources: {
    readonly kev: CatalogueSource<KevCatalogue>;
    readonly epss: CatalogueSource<EpssDay>;
    readonly attack: CatalogueSource<AttackCatalogue>;
    readonly ssvc: RecordSource<CveOrgRecord>;
    readonly nvd: PagedSource<NvdRecord>;
  };
}

/** What a sync hands to each source. */
export interface SyncCall extends SourceCall {
  readonly onProgress?: (source: SyncSource, done: number, total: number) => void;
}

/** How the sync of one source went; a refused source leaves what the mirror held. */
export type SyncOutcome =
  | { readonly source: SyncSource; readonly ok: true; readonly records: number; readonly warning: string | null }
  | { readonly source: SyncSource; readonly ok: false; readonly reason: string };

// A record of the CVE Program that was fetched so lately is as good as new.
const SSVC_LIFETIME_MS = 24 * 3_600_000;

/** Refreshes sources in the mirror, one after the other, telling of each as it is done. */
export async function* syncSources(
  parts: SyncParts,
  wanted: readonly SyncSource[],
  call: SyncCall,
): AsyncGenerator<SyncOutcome> {
  const { mirror, clock, sources, bundled } = parts;
  const now = () => clock.now().toISOString();
  const load: Readonly<Record<SyncSource, () => Promise<number>>> = {
    kev: async () => mirrorKev(mirror, await sources.kev.fetchCatalogue(call), now()),
    attack: async () => mirrorAttack(mirror, await sources.attack.fetchCatalogue(call), now()),
    epss: async () => mirrorEpss(mirror, await sources.epss.fetchCatalogue(call), now()),
    ssvc: () => refreshSsvc(parts, call),
    nvd: () => {
      const onProgress = (done: number, total: number) => call.onProgress?.('nvd', done, total);
      return syncNvd({ ...parts, source: sources.nvd, onProgress }, call);
    },
  };
  for (const source of wanted) {
    try {
      const records = await load[source]();
      yield { source, ok: true, records, warning: warnIfSmall(source, records, bundled()) };
    } catch (error) {
      call.signal.throwIfAborted();
      yield { source, ok: false, reason: messageOf(error) };
    }
  }
}

/** Loads a day of EPSS into the mirror, whole. Returns the number of scores. @throws RiskError `SOURCE_UNAVAILABLE` where it has shrunk */
export function mirrorEpss(mirror: Mirror, { date, scores }: EpssDay, fetchedAt: string): number {
  refuseShrunk('the EPSS file', mirror.findState('epss')?.records ?? 0, scores.length);
  const rows = scores.map((record) => ({ cveId: record.cveId, record }));
  return mirror.replaceRecords('epss', rows, { version: date, fetchedAt });
}

/** Fetches again what the mirror holds of the CVE Program and is no longer fresh: it has no list of everything. */
async function refreshSsvc({ mirror, loads, clock, sources }: SyncParts, call: SyncCall): Promise<number> {
  const older = loads.findOlder('ssvc', new Date(clock.now().getTime() - SSVC_LIFETIME_MS).toISOString());
  let [done, failures] = [0, 0];
  let reason = '';
  for await (const batch of sources.ssvc.lookUp(older, call)) {
    const rows = batch.flatMap((answer) => {
      if (answer.kind !== 'unavailable')
        return [{ cveId: answer.cveId, record: answer.kind === 'found' ? answer.record : null }];
      failures += 1;
      reason = answer.reason;
      return [];
    });
    mirror.saveRecords('ssvc', rows, clock.now().toISOString());
    done += batch.length;
    call.onProgress?.('ssvc', done, older.length);
  }
  if (failures > 0)
    throw sourceUnavailable(`${failures} of ${older.length} records could not be fetched: ${reason}`, true);
  return mirror.countRecords('ssvc');
}

/** A word where a catalogue is far smaller than the one that is part of the package. */
export function warnIfSmall(
  source: SyncSource,
  records: number,
  bundled: Readonly<Record<'kev' | 'epss', number>>,
): string | null {
  if (source === 'ssvc' && records === 0)
    return 'ssvc: nothing fetched yet; an assessment fetches records one by one, eras sync ssvc --from PATH loads a copy of cvelistV5 or vulnrichment';
  if (source !== 'kev' && source !== 'epss') return null;
  if (records >= bundled[source] / 2) return null;
  const variable = { kev: 'KEV_URL', epss: 'EPSS_CSV_URL' }[source];
  return `${source}: only ${records} records, the bundled snapshot has ${bundled[source]}; is ${variable} right?`;
}
