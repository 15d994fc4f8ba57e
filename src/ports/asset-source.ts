import type { ListedAsset } from '../domain/asset/asset.ts';
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

/** What was read of a system of record. */
export interface ReadIncidents {
  readonly incidents: readonly ReportedIncident[];
  /** The assets that they name, as far as they can be read. */
  readonly assets: readonly ListedAsset[];
  /** What is missing of it, one line each. */
  readonly missing: readonly string[];
}

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
