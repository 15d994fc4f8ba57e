import type { CveId } from '../domain/cve/cve-id.ts';
import type { CweId } from '../domain/cwe/cwe-id.ts';
import type { HistoryEntry } from '../domain/history/history.ts';
import type { SourceName } from '../domain/source/lookup.ts';
import type { MirrorState } from './mirror.ts';

/** A load of a source by pages, which a killed process takes up again. */
export interface PagedLoad {
  /** This machine's clock when it began (ISO 8601): it marks what the load has brought. */
  readonly begunAt: string;
  /** The server's clock when it began (ISO 8601 in UTC): what it brings is as of then. */
  readonly asOf: string;
  /** Bounds of `lastModified` of the window that is being read; null: everything. */
  readonly window: { readonly from: string; readonly to: string } | null;
  readonly nextIndex: number;
  /** Records of this window that could not be read: they are on the pages, and not in the mirror. */
  readonly unreadable: number;
}

/** A record with what it can be found by. */
export interface IndexedRow<Rec> {
  readonly cveId: CveId;
  readonly record: Rec;
  readonly products: readonly string[];
  /** Text of `encodeConfigurations`; null: it has none. */
  readonly configurations: string | null;
}

/** Loading the mirror by pages, and what a mirror that was loaded so can be asked. */
export interface MirrorLoads {
  /** How far a load by pages has come; null where none is under way. */
  findLoad(source: SourceName): PagedLoad | null;
  /**
   * Saves records and, where they are a page of a load, how far it has come with them, in one transaction: after a kill it goes on at the
   * next page.
   */
  savePage<Rec>(source: SourceName, rows: readonly IndexedRow<Rec>[], fetchedAt: string, load: PagedLoad | null): void;
  /** Records of the load's window that it, or another one since it began, has brought so far, each once. */
  countLoaded(source: SourceName, load: PagedLoad): number;
  /** Ends a load: from now on the source is mirrored whole, as of the load. Returns the records held. */
  finishLoad(source: SourceName, state: Omit<MirrorState, 'records'>): number;
  /** Whether records are held that were stored before configurations were kept with them. */
  hasUnmatchable(): boolean;
  /** Drops what is held of products by such records: all of NVD has been read since, and has them no more. */
  dropUnmatchable(): void;
  /** CVEs that name a product (`vendor:product` of a CPE name) or a weakness. */
  findCveIds(by: { readonly product: string } | { readonly cwe: CweId }): CveId[];
  /** CVEs whose record was fetched before a moment. */
  findOlder(source: SourceName, before: string): CveId[];
  /** What has changed of a CVE since the mirror knows it, oldest first. */
  findHistory(cveId: CveId): HistoryEntry[];
}
