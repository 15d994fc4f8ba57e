import type { CveId } from '../domain/cve/cve-id.ts';
import type { SourceName } from '../domain/source/lookup.ts';

/** A record as the mirror keeps it: what the source said, and when. */
export type MirroredAnswer<Rec> =
  | { readonly kind: 'found'; readonly record: Rec; readonly fetchedAt: string }
  | { readonly kind: 'absent'; readonly fetchedAt: string };

/** What is kept whole: catalogues, and the texts of ATT&CK beside its catalogue. */
export type MirroredDocument = SourceName | 'attack-texts';

/** How a source stands in the mirror. Times are ISO 8601. */
export interface MirrorState {
  readonly fetchedAt: string;
  /** Release or publication that was loaded, as the source names it; null where it has none. */
  readonly version: string | null;
  readonly records: number;
  /** Entries of a catalogue that could not be read and are left out; 0 where it is not told. */
  readonly unreadable?: number;
}

/**
 * The local copy of everything that was ever fetched: no time to live, last answer wins. Where a catalogue was loaded whole, a CVE
 * that it does not list is answered `absent` as of the load.
 */
export interface Mirror {
  findRecords<Rec>(source: SourceName, cveIds: readonly CveId[]): ReadonlyMap<CveId, MirroredAnswer<Rec>>;
  /** The same without the records: whether there is one, and of when. */
  findHeld(source: SourceName, cveIds: readonly CveId[]): ReadonlyMap<CveId, MirroredAnswer<null>>;
  saveRecords<Rec>(source: SourceName, answers: readonly MirroredRow<Rec>[], fetchedAt: string): void;
  /** Replaces a source's records by a whole catalogue, in one transaction. */
  replaceRecords<Rec>(
    source: SourceName,
    rows: Iterable<{ cveId: CveId; record: Rec }>,
    state: Omit<MirrorState, 'records'>,
  ): number;
  findDocument<Doc>(name: MirroredDocument): { readonly document: Doc; readonly state: MirrorState } | null;
  saveDocument<Doc>(name: MirroredDocument, document: Doc, state: MirrorState): void;
  findState(source: SourceName): MirrorState | null;
  /** Records held of a source, however they came. */
  countRecords(source: SourceName): number;
}

/** What is saved for one CVE; `record` null means that the source was read and does not know it. */
export interface MirroredRow<Rec> {
  readonly cveId: CveId;
  readonly record: Rec | null;
}
