import type { UnreadableRecord } from '../domain/source/answer-of.ts';
import type { SourceName } from '../domain/source/lookup.ts';
import type { SourceCall } from './vulnerability-source.ts';

/** A record, what it can be found by (`vendor:product` of CPE names), and the configurations in which it is vulnerable (`encodeConfigurations`); null: none. */
export interface PagedRecord<Rec> {
  readonly record: Rec;
  readonly products: readonly string[];
  readonly configurations: string | null;
}

/** A page of a source that is too large to be read whole. */
export interface SourcePage<Rec> {
  readonly startIndex: number;
  readonly totalResults: number;
  /** Records on the page, readable or not. */
  readonly size: number;
  readonly records: readonly PagedRecord<Rec>[];
  readonly unreadable: readonly UnreadableRecord[];
  /** The server's clock when it answered (ISO 8601 in UTC); null where it does not say. */
  readonly timestamp: string | null;
}

/** Which page: of everything, or of what was modified in a window (ISO 8601). */
export interface PageRequest {
  readonly window: { readonly from: string; readonly to: string } | null;
  readonly startIndex: number;
}

/** A source that is loaded by pages. Throws a `RiskError` of code `SOURCE_UNAVAILABLE` where a page cannot be read. */
export interface PagedSource<Rec> {
  readonly name: SourceName;
  fetchPage(request: PageRequest, call: SourceCall): Promise<SourcePage<Rec>>;
}
