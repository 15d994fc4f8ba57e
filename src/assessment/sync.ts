import { mirrorAttack } from '../agents/intelligence/attack-library.ts';
import { mirrorKev } from '../agents/intelligence/kev-gatherer.ts';
import { refuseShrunk } from '../agents/intelligence/refuse-shrunk.ts';
import type { AttackCatalogue } from '../domain/attack/attack.ts';
import type { EpssDay } from '../domain/epss/epss-day.ts';
import type { KevCatalogue } from '../domain/kev/kev-entry.ts';
import type { Clock } from '../kernel/clock.ts';
import { messageOf } from '../kernel/risk-error.ts';
import type { Mirror } from '../ports/mirror.ts';
import type { CatalogueSource, SourceCall } from '../ports/vulnerability-source.ts';

/** Sources that can be loaded whole today. */
export const SYNC_SOURCES = ['kev', 'epss', 'attack'] as const;
export type SyncSource = (typeof SYNC_SOURCES)[number];

/** What syncing depends on. */
export interface SyncParts {
  readonly mirror: Mirror;
  readonly clock: Clock;
  /** Entries of the bundled catalogues: one with less than half of them is worth a word. */
  readonly bundled: () => Readonly<Record<'kev' | 'epss', number>>;
  readonly sources: {
    readonly kev: CatalogueSource<KevCatalogue>;
    readonly epss: CatalogueSource<EpssDay>;
    readonly attack: CatalogueSource<AttackCatalogue>;
  };
}

/** How the sync of one source went; a refused source leaves what the mirror held. */
export type SyncOutcome =
  | { readonly source: SyncSource; readonly ok: true; readonly records: number; readonly warning: string | null }
  | { readonly source: SyncSource; readonly ok: false; readonly reason: string };

/** Refreshes sources in the mirror, one after the other, telling of each as it is done. */
export async function* syncSources(
  { mirror, clock, sources, bundled }: SyncParts,
  wanted: readonly SyncSource[],
  call: SourceCall,
): AsyncGenerator<SyncOutcome> {
  const load: Readonly<Record<SyncSource, () => Promise<number>>> = {
    kev: async () => mirrorKev(mirror, await sources.kev.fetchCatalogue(call), clock.now().toISOString()),
    attack: async () => mirrorAttack(mirror, await sources.attack.fetchCatalogue(call), clock.now().toISOString()),
    epss: async () => {
      const { date, scores } = await sources.epss.fetchCatalogue(call);
      refuseShrunk('the EPSS file', mirror.findState('epss')?.records ?? 0, scores.length);
      const rows = scores.map((record) => ({ cveId: record.cveId, record }));
      return mirror.replaceRecords('epss', rows, { version: date, fetchedAt: clock.now().toISOString() });
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

function warnIfSmall(source: SyncSource, records: number, bundled: Readonly<Record<'kev' | 'epss', number>>) {
  if (source === 'attack' || records >= bundled[source] / 2) return null;
  const variable = { kev: 'KEV_URL', epss: 'EPSS_CSV_URL' }[source];
  return `${source}: only ${records} records, the bundled snapshot has ${bundled[source]}; is ${variable} right?`;
}
