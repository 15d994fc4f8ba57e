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

/** A system of record that knows incidents, and the assets that they are about. Reads only. */
export interface AssetSource {
  /**
   * Incidents that a query selects, in the system's own query language, and the assets that they name.
   * @throws RiskError `SOURCE_UNAVAILABLE` where it cannot be read, `BAD_INPUT` where it does not understand the query
   */
  readIncidents(
    query: string,
    call: SourceCall,
  ): Promise<{ readonly incidents: readonly ReportedIncident[]; readonly assets: readonly ListedAsset[] }>;
}
