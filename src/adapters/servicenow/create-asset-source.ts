import type { ListedAsset } from '../../domain/asset/asset.ts';
import { asTheyArrive } from '../../kernel/as-they-arrive.ts';
import { chunksOf } from '../../kernel/chunks-of.ts';
import { clipLine } from '../../kernel/clip.ts';
import { RiskError } from '../../kernel/risk-error.ts';
import type { AssetSource, RecallItems, ReportedIncident } from '../../ports/asset-source.ts';
import type { SourceCall } from '../../ports/vulnerability-source.ts';
import { ASSET_FIELDS, type ExposureField, toListedAsset } from './configuration-item.ts';
import { fillFromDependents } from './dependents.ts';
import { condition, encodeQuery } from './encoded-query.ts';
import { readIncidentRows } from './incident-rows.ts';
import { CUT_TEXT, cellOf, isCut, type Row, textOf } from './schema.ts';
import { IDS_A_REQUEST, SYS_ID } from './sys-id.ts';
import { createTableClient, type ServiceNowOptions } from './table-client.ts';
import { type ReadItems, readVulnerableItems } from './vulnerable-items.ts';

/** What the source depends on. */
export interface AssetSourceOptions extends ServiceNowOptions {
  /** Where an item says how exposed it is; null: it does not. */
  readonly exposure: ExposureField | null;
  /** Incidents read at most. */
  readonly mostIncidents: number;
  /** Vulnerable items read at most; 0: none. */
  readonly mostItems: number;
  /** Where configuration items are found again that were read lately; left out: nowhere. */
  readonly recallItems?: RecallItems;
}

const CONCURRENCY = 4;
const NO_ITEMS: ReadItems = { items: [], missing: [], notes: [] };

/** Incidents of a ServiceNow instance, and the configuration items that they are about. Reads only. */
export function createServiceNowAssets(options: AssetSourceOptions): AssetSource {
  const client = createTableClient(options);
  const { exposure, mostIncidents, mostItems, recallItems = (_, read) => read() } = options;
  const fields = [...ASSET_FIELDS, ...(exposure === null ? [] : [exposure.field])];

  async function readBatch(ids: readonly string[], call: SourceCall): Promise<ListedAsset[]> {
    const query = encodeQuery(condition('sys_id', 'IN', ...ids));
    const wanted = { table: 'cmdb_ci', query, fields, withDisplay: true, most: ids.length };
    const { rows } = await client.read(wanted, call);
    return rows.map((row) => toListedAsset(row, exposure));
  }

  /** The items that can be read; why others cannot be. */
  async function readItems(ids: readonly string[], call: SourceCall) {
    const assets: ListedAsset[] = [];
    try {
      const batches = [...chunksOf(ids, IDS_A_REQUEST)].map((batch) => () => readBatch(batch, call));
      for await (const some of asTheyArrive(batches, CONCURRENCY)) assets.push(...some);
    } catch (error) {
      call.signal.throwIfAborted();
      if (!(error instanceof RiskError)) throw error;
      return { assets, missing: [error.message] };
    }
    return { assets, missing: missingOf(ids, assets) };
  }

  /** The items with what they take from those that depend on them. */
  function readAssets(ids: readonly string[], call: SourceCall) {
    // What one account may see, another may not.
    const key = JSON.stringify(['items', client.account, exposure, ids.toSorted()]);
    return recallItems(key, async () => {
      const own = await readItems(ids, call);
      const { assets, missing, notes } = await fillFromDependents(client, own.assets, exposure, call);
      return { assets, missing: [...own.missing, ...missing], notes };
    });
  }

  return {
    account: client.account,
    async readIncidents(query, call) {
      const { rows, missing } = await readIncidentRows(client, query, mostIncidents, call);
      const incidents = rows.map(toIncident);
      const ids = [...new Set(incidents.flatMap(({ assetId }) => assetId ?? []))];
      const filled = await readAssets(ids, call);
      const vulnerable = mostItems === 0 ? NO_ITEMS : await readVulnerableItems(client, ids, mostItems, call);
      return {
        incidents,
        items: vulnerable.items,
        assets: filled.assets,
        missing: [...missing, ...cutTexts(rows), ...oddItems(rows), ...filled.missing, ...vulnerable.missing],
        notes: [...filled.notes, ...vulnerable.notes],
      };
    },
  };
}

function toIncident(row: Row): ReportedIncident {
  const texts = [textOf(row, 'short_description'), textOf(row, 'description')];
  const item = itemOf(row);
  return {
    number: numberOf(row),
    text: texts.filter((text) => text !== null).join('\n'),
    assetId: SYS_ID.test(item) ? item : null,
  };
}

/** A text of which only the beginning was read may name more than was found. */
function cutTexts(rows: readonly Row[]): string[] {
  return rows
    .filter((row) => isCut(row, 'short_description') || isCut(row, 'description'))
    .map((row) => `${numberOf(row)}: ${CUT_TEXT}`);
}

const itemOf = (row: Row) => cellOf(row, 'cmdb_ci').value;
const numberOf = (row: Row) => textOf(row, 'number') ?? cellOf(row, 'sys_id').value;

/** An incident may name what is no item, such as a text that an import has left: what it is about is not known then. */
function oddItems(rows: readonly Row[]): string[] {
  const odd = rows.filter((row) => itemOf(row) !== '' && !SYS_ID.test(itemOf(row)));
  if (odd.length === 0) return [];
  const told = odd.slice(0, MOST_TOLD).map((row) => `${numberOf(row)} "${clipLine(itemOf(row), 40)}"`);
  const more = odd.length > MOST_TOLD ? ` and ${odd.length - MOST_TOLD} more` : '';
  return [
    `incidents name configuration items by what is no sys_id, and stay without an asset: ${told.join(', ')}${more}`,
  ];
}

/** Items told one by one; the rest only count. */
const MOST_TOLD = 5;

function missingOf(ids: readonly string[], assets: readonly ListedAsset[]): string[] {
  const read = new Set(assets.map(({ asset }) => asset.id));
  const lost = ids.filter((id) => !read.has(id));
  if (lost.length === 0) return [];
  const more = lost.length > MOST_TOLD ? ` and ${lost.length - MOST_TOLD} more` : '';
  return [`cmdb_ci does not show this account ${lost.slice(0, MOST_TOLD).join(', ')}${more}, which incidents name`];
}
