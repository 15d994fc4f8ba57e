import type { ListedAsset } from '../../domain/asset/asset.ts';
import { chunksOf } from '../../kernel/chunks-of.ts';
import type { SourceCall } from '../../ports/vulnerability-source.ts';
import { ASSET_FIELDS, type ExposureField, toListedAsset } from './configuration-item.ts';
import { condition, encodeQuery } from './encoded-query.ts';
import { inheritFrom, isOpen } from './inherit-from.ts';
import { readOptional } from './optional-rows.ts';
import { cellOf, type Row } from './schema.ts';
import { IDS_A_REQUEST, SYS_ID } from './sys-id.ts';
import type { TableClient } from './table-client.ts';

/**
 * Relations of the CMDB in which the parent needs the child, by the names that ServiceNow ships (`cmdb_rel_type`, "parent descriptor::child descriptor"): what happens
 * to the child happens to the parent.
 */
const NEEDING = [
  'Depends on::Used by',
  'Runs on::Runs',
  'Hosted on::Hosts',
  'Contains::Contained by',
  'Virtualized by::Virtualizes',
] as const;

/** From a server to its application, and on to the service: further up everything depends on everything. */
const LEVELS = 2;
const [MOST_RELATIONS, MOST_DEPENDENTS] = [1000, 500] as const;

/** The class of services has the field by this misspelt name, and a table of a class below is reached so (`ref_`). */
const CRITICALITY_OF_CLASSES = [
  'busines_criticality',
  'ref_cmdb_ci_service.busines_criticality',
  'ref_cmdb_ci_business_app.business_criticality',
] as const;

/** Items of which something is filled in from what depends on them. */
export interface FilledItems {
  readonly assets: readonly ListedAsset[];
  readonly missing: readonly string[];
  readonly notes: readonly string[];
}

/** Reads what depends on items that leave their criticality, exposure or owner open, and takes these from there: two requests a level, for all items. */
export async function fillFromDependents(
  client: TableClient,
  items: readonly ListedAsset[],
  exposure: ExposureField | null,
  call: SourceCall,
): Promise<FilledItems> {
  const open = items.filter((item) => isOpen(item.asset, exposure !== null)).map(({ asset }) => asset.id);
  const parents = new Map<string, string[]>();
  const known = new Map(items.map((item) => [item.asset.id, item.asset]));
  const [missing, notes]: [string[], string[]] = [[], []];
  let frontier = open.filter((id) => SYS_ID.test(id));
  for (let level = 0; level < LEVELS && frontier.length > 0; level += 1) {
    const relations = await readRelations(client, frontier, call);
    missing.push(...relations.missing);
    notes.push(...relations.notes);
    for (const row of relations.rows) {
      const [child, parent] = [cellOf(row, 'child').value, cellOf(row, 'parent').value];
      if (child !== parent) parents.set(child, [...(parents.get(child) ?? []), parent]);
    }
    const named = new Set(frontier.flatMap((id) => parents.get(id) ?? []));
    const wanted = [...named].filter((id) => !known.has(id) && SYS_ID.test(id));
    const unread = wanted.slice(0, MOST_DEPENDENTS);
    if (wanted.length > unread.length) missing.push(tellUnread(wanted.length));
    const dependents = await readDependents(client, unread, exposure, call);
    missing.push(...dependents.missing);
    for (const { asset } of dependents.assets) known.set(asset.id, asset);
    frontier = dependents.assets.filter(({ asset }) => isOpen(asset, exposure !== null)).map(({ asset }) => asset.id);
  }
  const assets = items.map((item) => ({ ...item, asset: inheritFrom(item.asset, levelsAbove(item.asset.id)) }));
  return { assets, missing: [...new Set(missing)], notes: [...new Set(notes)] };

  /** What needs an item, the nearest first. */
  function levelsAbove(id: string) {
    const near = parents.get(id) ?? [];
    const far = near.flatMap((one) => parents.get(one) ?? []).filter((one) => one !== id && !near.includes(one));
    return [near, far].map((ids) => [...new Set(ids)].flatMap((one) => known.get(one) ?? []));
  }
}

function tellUnread(count: number): string {
  return `${count} configuration items depend on those that incidents name, of which ${MOST_DEPENDENTS} were read: what the others would say of criticality, exposure and owner is not known`;
}

async function readRelations(client: TableClient, ids: readonly string[], call: SourceCall) {
  const answers = [];
  for (const batch of chunksOf(ids, IDS_A_REQUEST)) {
    const query = encodeQuery(condition('child', 'IN', ...batch), condition('type.name', 'IN', ...NEEDING));
    const wanted = { table: 'cmdb_rel_ci', query, fields: ['parent', 'child'], most: MOST_RELATIONS };
    const answer = await readOptional(client, wanted, 'relations of configuration items', call);
    answers.push(answer);
    // What is not there now is not there for the next batch.
    if (answer.rows.length === 0 && answer.missing.length + answer.notes.length > 0) break;
  }
  return {
    rows: answers.flatMap(({ rows }) => rows),
    missing: answers.flatMap((one) => one.missing),
    notes: answers.flatMap((one) => one.notes),
  };
}

async function readDependents(
  client: TableClient,
  ids: readonly string[],
  exposure: ExposureField | null,
  call: SourceCall,
) {
  const fields = [...ASSET_FIELDS, ...CRITICALITY_OF_CLASSES, ...(exposure === null ? [] : [exposure.field])];
  const assets: ListedAsset[] = [];
  const missing: string[] = [];
  for (const batch of chunksOf(ids, IDS_A_REQUEST)) {
    const query = encodeQuery(condition('sys_id', 'IN', ...batch));
    const wanted = { table: 'cmdb_ci', query, fields, withDisplay: true, most: batch.length };
    const answer = await readOptional(client, wanted, 'what depends on configuration items', call);
    assets.push(...answer.rows.map((row) => toListedAsset(withOwnCriticality(row), exposure)));
    missing.push(...answer.missing);
  }
  return { assets, missing };
}

function withOwnCriticality(row: Row): Row {
  const cells = ['business_criticality', ...CRITICALITY_OF_CLASSES].map((field) => cellOf(row, field));
  const stated = cells.find(({ value }) => value.trim() !== '');
  return stated === undefined ? row : { ...row, business_criticality: stated };
}
