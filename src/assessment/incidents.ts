import type { AssetList } from '../domain/asset/asset.ts';
import { mergeAssets } from '../intake/assets/merge-assets.ts';
import { readIncidentTexts } from '../intake/incidents/read-incident-texts.ts';
import { readVulnerableItems } from '../intake/incidents/read-vulnerable-items.ts';
import type { Intake } from '../intake/intake.ts';
import { mergeSightings } from '../intake/merge-sightings.ts';
import { messageOf, RiskError } from '../kernel/risk-error.ts';
import type { AssetSource, ReadIncidents, RecallItems } from '../ports/asset-source.ts';
import type { Cache } from '../ports/cache.ts';
import type { SourceCall } from '../ports/vulnerability-source.ts';

/** Configuration items from the response cache, else from their system. */
export function recallItemsFrom(cache: Cache): RecallItems {
  return async <Value extends { readonly missing: readonly string[] }>(key: string, read: () => Promise<Value>) => {
    const hit = (await cache.getMany<Value>('servicenow', [key])).get(key);
    if (hit !== undefined) return hit.value;
    const value = await read();
    if (value.missing.length === 0) await cache.setMany('servicenow', [{ key, value }]);
    return value;
  };
}

/** What is assessed, and the assets that it is on. */
export interface HandedIn {
  readonly intake: Intake;
  readonly assets: AssetList | null;
}

/** Where the incidents of ServiceNow stand. */
const PLACE = { file: 'servicenow:incident', tool: 'ServiceNow' } as const;
const ITEM_PLACE = { file: 'servicenow:sn_vul_vulnerable_item', tool: 'ServiceNow' } as const;

/**
 * Adds what incidents tell to what the user handed in: the vulnerabilities that they name, and their assets. Null for `incidents`: nothing may be
 * asked. Beside other targets an instance that cannot be read is a gap; alone its failure is thrown.
 *
 * @throws RiskError `SOURCE_UNAVAILABLE`, and `BAD_INPUT` where the instance does not understand the query
 */
export async function addIncidents(
  { intake, assets }: HandedIn,
  query: string,
  incidents: AssetSource | null,
  call: SourceCall,
): Promise<HandedIn> {
  if (incidents === null) return { intake: withGaps(intake, ['offline: not asked']), assets };
  let read: ReadIncidents;
  try {
    read = await incidents.readIncidents(query, call);
  } catch (error) {
    call.signal.throwIfAborted();
    if (!(error instanceof RiskError) || error.code !== 'SOURCE_UNAVAILABLE' || isEmpty(intake)) throw error;
    return { intake: withGaps(intake, [messageOf(error)]), assets };
  }
  const { sightings, gaps } = readIncidentTexts(read.incidents, PLACE);
  const items = readVulnerableItems(read.items, ITEM_PLACE);
  const known = withGaps(intake, read.missing);
  return {
    intake: {
      ...known,
      sightings: mergeSightings([...known.sightings, ...sightings, ...items.sightings]),
      gaps: [...known.gaps, ...gaps],
      warnings: [...known.warnings, ...warningsOf(query, read, sightings.length), ...items.warnings, ...read.notes],
    },
    assets: mergeAssets(assets, read.assets),
  };
}

function warningsOf(query: string, { incidents }: ReadIncidents, sightings: number): string[] {
  const asked = `ServiceNow (${query.slice(0, 200)})`;
  if (incidents.length === 0) return [`${asked}: no incident is selected`];
  return sightings > 0 ? [] : [`${asked}: none of ${incidents.length} incidents names a vulnerability`];
}

function withGaps(intake: Intake, reasons: readonly string[]): Intake {
  return {
    ...intake,
    gaps: [...intake.gaps, ...reasons.map((reason) => ({ cveId: null, source: 'servicenow', reason }))],
  };
}

/** Nothing was handed in, or nothing could be made of it. */
function isEmpty({ sightings, components, gaps, warnings }: Intake): boolean {
  return sightings.length + components.length + gaps.length + warnings.length === 0;
}
