import { mirrorAttack } from '../agents/intelligence/attack-library.ts';
import { mirrorKev } from '../agents/intelligence/kev-gatherer.ts';
import type { NvdRecord } from '../domain/cve/records.ts';
import { messageOf } from '../kernel/risk-error.ts';
import type { LocalIntelligence, LocalSource } from '../ports/local-source.ts';
import type { SourcePage } from '../ports/paged-source.ts';
import { mirrorEpss, type SyncCall, type SyncOutcome, type SyncSource, type SyncTarget } from './sync.ts';
import { toRows } from './sync-nvd.ts';

/** What came of one piece of a local file. */
export type LocalOutcome = SyncOutcome | { readonly source: null; readonly ok: false; readonly reason: string };

/** Ids of all NVD are of so many years; a feed of one year is whole only of that year. */
const YEARS_OF_ALL_NVD = 20;

/**
 * Loads intelligence from local files into the mirror, for networks that reach no source. What is older than what the mirror holds is
 * passed over. Tells of each source at the end, and of files that cannot be read on the way.
 */
export async function* syncFromFiles(
  target: SyncTarget,
  local: LocalSource,
  path: string,
  wanted: readonly SyncSource[],
  call: SyncCall,
): AsyncGenerator<LocalOutcome> {
  const { mirror, loads, clock } = target;
  const begunAt = clock.now().toISOString();
  const nvd = createNvdCount();
  const loaded = new Map<SyncSource, number>();

  function load(piece: Exclude<LocalIntelligence, { kind: 'unreadable' }>): number {
    switch (piece.kind) {
      case 'kev':
        checkNewer('kev', piece.catalogue.dateReleased);
        return mirrorKev(mirror, piece.catalogue, piece.catalogue.dateReleased);
      case 'attack':
        checkNewer('attack', piece.catalogue.modified);
        return mirrorAttack(mirror, piece.catalogue, piece.catalogue.modified);
      case 'epss': {
        const at = piece.day.date === null ? begunAt : `${piece.day.date}T00:00:00.000Z`;
        checkNewer('epss', at);
        return mirrorEpss(mirror, piece.day, at);
      }
      case 'ssvc':
        mirror.saveRecords(
          'ssvc',
          piece.records.map((record) => ({ cveId: record.cveId, record })),
          begunAt,
        );
        return (loaded.get('ssvc') ?? 0) + piece.records.length;
      case 'nvd':
        nvd.add(piece.page);
        loads.savePage('nvd', toRows(piece.page), begunAt, null);
        return (loaded.get('nvd') ?? 0) + piece.page.records.length;
    }
  }

  function checkNewer(source: SyncSource, at: string): void {
    const held = mirror.findState(source);
    if (held !== null && held.fetchedAt > at)
      throw new Error(`the mirror holds a newer copy (${held.fetchedAt.slice(0, 10)}) than this of ${at.slice(0, 10)}`);
  }

  for await (const piece of local.read(path)) {
    call.signal.throwIfAborted();
    if (piece.kind === 'unreadable') yield { source: null, ok: false, reason: `${piece.name}: ${piece.reason}` };
    else if (wanted.includes(piece.kind)) {
      try {
        loaded.set(piece.kind, load(piece));
        call.onProgress?.(piece.kind, loaded.get(piece.kind) ?? 0, 0);
      } catch (error) {
        yield { source: piece.kind, ok: false, reason: messageOf(error) };
      }
    }
  }
  if (nvd.isWhole()) {
    loads.dropUnmatchable();
    loads.finishLoad('nvd', { version: null, fetchedAt: nvd.asOf(begunAt) });
  }
  for (const [source, records] of loaded) yield { source, ok: true, records, warning: null };
}

/** Tells whether pages make up the whole of NVD. */
function createNvdCount() {
  const years = new Set<string>();
  const ids = new Set<string>();
  const totals = new Set<number>();
  let unreadable = 0;
  let oldest: string | null = null;
  return {
    add({ totalResults, records, timestamp, unreadable: bad }: SourcePage<NvdRecord>) {
      totals.add(totalResults);
      unreadable += bad.length;
      for (const { record } of records) {
        ids.add(record.cveId);
        years.add(record.cveId.slice(4, 8));
      }
      if (timestamp !== null && (oldest === null || timestamp < oldest)) oldest = timestamp;
    },
    isWhole() {
      const [total = 0] = totals;
      return totals.size === 1 && total > 0 && ids.size + unreadable >= total && years.size >= YEARS_OF_ALL_NVD;
    },
    asOf: (otherwise: string) => oldest ?? otherwise,
  };
}
