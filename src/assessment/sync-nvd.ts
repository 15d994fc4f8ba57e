import type { NvdRecord } from '../domain/cve/records.ts';
import { sourceUnavailable } from '../domain/source/source-unavailable.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Mirror } from '../ports/mirror.ts';
import type { IndexedRow, MirrorLoads, PagedLoad } from '../ports/mirror-loads.ts';
import type { PagedSource, SourcePage } from '../ports/paged-source.ts';
import type { SourceCall } from '../ports/vulnerability-source.ts';

/** What loading NVD needs. */
export interface NvdSyncParts {
  readonly source: PagedSource<NvdRecord>;
  readonly mirror: Mirror;
  readonly loads: MirrorLoads;
  readonly clock: Clock;
  readonly onProgress?: (done: number, total: number) => void;
}

const DAY_MS = 86_400_000;
// NVD's bound for a window of lastModified.
const LONGEST_WINDOW_MS = 120 * DAY_MS;
// What is modified around the moment of a load may be on no page of it.
const OVERLAP_MS = 2 * 3_600_000;
// A load that was begun so long ago and never ended is begun anew.
const LOAD_LIFETIME_MS = 7 * DAY_MS;
// Records that are modified while pages are read move over page borders; so often a window is read again before that is called a fault.
const MOST_READINGS = 3;

/**
 * Loads NVD into the mirror: all of it the first time (and once more where an earlier release loaded it, which kept no configurations), and then
 * what was modified since. A killed load goes on at its next page. Returns the
 * records held.
 * @throws RiskError `SOURCE_UNAVAILABLE`; what was loaded stays, and is taken up by the next call.
 */
export async function syncNvd(parts: NvdSyncParts, call: SourceCall): Promise<number> {
  const state = parts.mirror.findState('nvd');
  // What is modified meanwhile would never bring the configurations of the rest.
  if (state === null || parts.loads.hasUnmatchable()) {
    const asOf = await loadEverything(parts, call);
    return loadSince(parts, asOf, call);
  }
  return loadSince(parts, state.fetchedAt, call);
}

/** The whole of NVD; returns the server's moment when it began. What changes meanwhile is for the increment after it. */
async function loadEverything(parts: NvdSyncParts, call: SourceCall): Promise<string> {
  const load = await readWindow(parts, null, call);
  // Believing it would call every CVE unknown to NVD.
  if (load.nextIndex === 0)
    throw sourceUnavailable('NVD says that it has no record at all; is NVD_API_URL right?', false);
  parts.loads.dropUnmatchable();
  parts.loads.finishLoad('nvd', { version: null, fetchedAt: load.asOf });
  return load.asOf;
}

/** What was modified since a moment, by windows that overlap with what was loaded before. */
async function loadSince(parts: NvdSyncParts, since: string, call: SourceCall): Promise<number> {
  let from = Date.parse(since) - OVERLAP_MS;
  let records = 0;
  for (;;) {
    const now = parts.clock.now().getTime();
    const to = Math.min(from + LONGEST_WINDOW_MS, Math.max(now, from + 1));
    const load = await readWindow(parts, { from: iso(from), to: iso(to) }, call);
    const isLast = to >= now;
    // As of the end of the window; of the last one as of the server's own moment.
    const fetchedAt = isLast ? earlier(load.asOf, iso(to)) : iso(to);
    records = parts.loads.finishLoad('nvd', { version: null, fetchedAt });
    if (isLast) return records;
    from = to - OVERLAP_MS;
  }
}

/** Reads all pages of a window, again where records moved over page borders meanwhile. */
async function readWindow(parts: NvdSyncParts, window: PagedLoad['window'], call: SourceCall): Promise<PagedLoad> {
  let load = findUnfinished(parts, window);
  for (let readings = 1; ; readings += 1) {
    const read = await readPages(parts, window, load, call);
    const missing = read.total - parts.loads.countLoaded('nvd', read.load) - read.load.unreadable;
    if (missing <= 0) return read.load;
    if (readings >= MOST_READINGS)
      throw sourceUnavailable(`${missing} of ${read.total} records are on none of NVD's pages`, true);
    load = { ...read.load, nextIndex: 0, unreadable: 0 };
  }
}

/** A load of the same window that a killed process left behind. */
function findUnfinished({ loads, clock }: NvdSyncParts, window: PagedLoad['window']): PagedLoad | null {
  const load = loads.findLoad('nvd');
  if (load === null || clock.now().getTime() - Date.parse(load.begunAt) > LOAD_LIFETIME_MS) return null;
  const isSame = window === null ? load.window === null : load.window?.from === window.from;
  return isSame ? load : null;
}

async function readPages(
  { source, loads, clock, onProgress }: NvdSyncParts,
  window: PagedLoad['window'],
  begun: PagedLoad | null,
  call: SourceCall,
): Promise<{ readonly load: PagedLoad; readonly total: number }> {
  // A window that was begun keeps its end: pages of another one would be other pages.
  const asked = begun?.window ?? window;
  let load: PagedLoad | null = begun;
  let index = begun?.nextIndex ?? 0;
  let next = source.fetchPage({ window: asked, startIndex: index }, call);
  for (;;) {
    const page = await next;
    checkPage(page, index);
    index += page.size;
    const isLast = index >= page.totalResults;
    // The next page is on its way while this one is stored.
    if (!isLast) {
      next = source.fetchPage({ window: asked, startIndex: index }, call);
      next.catch(() => undefined);
    }
    const now = clock.now().toISOString();
    load = {
      begunAt: load?.begunAt ?? now,
      asOf: load?.asOf ?? page.timestamp ?? now,
      window: asked,
      nextIndex: index,
      unreadable: (load?.unreadable ?? 0) + page.unreadable.length,
    };
    loads.savePage('nvd', toRows(page), load.begunAt, load);
    onProgress?.(index, page.totalResults);
    if (isLast) return { load, total: page.totalResults };
  }
}

/** A page as the mirror takes it. */
export function toRows({ records }: SourcePage<NvdRecord>): IndexedRow<NvdRecord>[] {
  return records.map(({ record, ...found }) => ({ cveId: record.cveId, record, ...found }));
}

/** @throws RiskError `SOURCE_UNAVAILABLE` where a page is another one than the one asked for, or ends the list too early. */
function checkPage(page: SourcePage<NvdRecord>, startIndex: number): void {
  if (page.startIndex !== startIndex) {
    throw sourceUnavailable(`NVD answered with the page at ${page.startIndex} instead of ${startIndex}`, true);
  }
  if (page.size === 0 && startIndex < page.totalResults) {
    throw sourceUnavailable(`the pages of NVD end at ${startIndex} of ${page.totalResults} records`, true);
  }
}

function iso(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}

function earlier(one: string, other: string): string {
  return one < other ? one : other;
}
