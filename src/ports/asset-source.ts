import type { ListedAsset } from '../domain/asset/asset.ts';
import type { GrantedException } from '../domain/finding/sighting.ts';
import type { SourceCall } from './vulnerability-source.ts';

/** A record of work in a system of record, as far as it tells of vulnerabilities. */
export interface ReportedIncident {
  /** The number that people call it by. */
  readonly number: string;
  /** What people wrote in it: titles and descriptions, one text. */
  readonly text: string;
  /** The system's own id of the asset that it is about; null where it names none. */
  readonly assetId: string | null;
}

/** A vulnerability that a system of record knows to be open on one of its assets. */
export interface ReportedItem extends ReportedIncident {
  /** The system's own word for how bad it is. */
  readonly severity: string | null;
  /** Why nobody works at it; null where somebody does. */
  readonly exception: GrantedException | null;
}

/** What was read of a system of record. */
export interface ReadIncidents {
  readonly incidents: readonly ReportedIncident[];
  /** Vulnerabilities that the system knows to be open on the assets that incidents name. */
  readonly items: readonly ReportedItem[];
  /** The assets that they name, as far as they can be read. */
  readonly assets: readonly ListedAsset[];
  /** What is missing of it, one line each. */
  readonly missing: readonly string[];
  /** What the system has not got, and what follows; nothing is lost by it. */
  readonly notes: readonly string[];
}

/**
 * Gives again what was read lately under a key, else reads it; what was read in part only is read anew the next time. For what an asset is: what is open on it, and which
 * incidents there are, is always read, because tickets are closed by it.
 */
export type RecallItems = <Value extends { readonly missing: readonly string[] }>(
  key: string,
  read: () => Promise<Value>,
) => Promise<Value>;

/** A system of record that knows incidents, and the assets that they are about. Reads only. */
export interface AssetSource {
  /** Whose view of it this is, without secrets: what one account may see, another may not. */
  readonly account: string;
  /**
   * Incidents that a query selects, in the system's own query language, and the assets that they name.
   * @throws RiskError `SOURCE_UNAVAILABLE` where it cannot be read, `BAD_INPUT` where it does not understand the query
   */
  readIncidents(query: string, call: SourceCall): Promise<ReadIncidents>;
}
