import { parse } from 'csv-parse/sync';
import type { Asset, AssetList, ListedAsset } from '../../domain/asset/asset.ts';
import {
  CONTROLS,
  type Control,
  DATA_SENSITIVITY,
  REQUIREMENT_OF_SENSITIVITY,
  REQUIREMENTS,
} from '../../domain/asset/control.ts';
import { EXPOSURE, HUMAN_IMPACT, MISSION_IMPACT } from '../../domain/ssvc/decision-points.ts';
import { messageOf, RiskError } from '../../kernel/risk-error.ts';
import { findRepeatedKey, tellRepeatedKey } from '../reports/find-repeated-key.ts';
import { distinctIds } from '../reports/make-items.ts';
import { readBeginning } from '../reports/read-report.ts';
import { tellDecoding } from '../reports/tell-decoding.ts';
import { badFile, openFile } from '../reports/text-source.ts';
import { tellUnknownColumns } from '../reports/unknown-columns.ts';
import { at, fieldsOf, listOf, textOf } from '../reports/values.ts';
import type { AssetEntry as Entry } from './asset-entry.ts';
import { readEventLoss, readSusceptibility } from './read-loss.ts';
import { readHosts } from './read-names.ts';

const CONTROL_NAMES = Object.keys(CONTROLS) as Control[];

/** Fields that tell what is on an asset. */
const LINKS = ['hostnames', 'ips', 'cves'] as const;

/** Other names that people give the fields, by ours. */
const SYNONYMS: Readonly<Record<string, readonly string[]>> = {
  id: ['id', 'asset_id', 'asset id', 'assetid', 'asset'],
  name: ['name', 'asset_name', 'asset name'],
  criticality: ['criticality', 'business_criticality', 'business criticality'],
  exposure: ['exposure', 'system_exposure'],
  environment: ['environment', 'env'],
  owner: ['owner', 'owned_by', 'team'],
  human_impact: ['human_impact', 'human impact', 'humanimpact'],
  mission_impact: ['mission_impact', 'mission impact', 'missionimpact'],
  loss_low_usd: ['loss_low_usd', 'loss low usd'],
  loss_high_usd: ['loss_high_usd', 'loss high usd'],
  susceptibility: ['susceptibility'],
  controls: ['controls', 'control', 'compensating_controls', 'compensating controls'],
  data_sensitivity: [
    'data_sensitivity',
    'data sensitivity',
    'data_classification',
    'data classification',
    'classification',
  ],
  confidentiality: ['confidentiality', 'confidentiality_requirement', 'confidentiality requirement', 'cr'],
  integrity: ['integrity', 'integrity_requirement', 'integrity requirement', 'ir'],
  availability: ['availability', 'availability_requirement', 'availability requirement', 'ar'],
  hostnames: ['hostnames', 'hostname', 'host', 'hosts', 'fqdn', 'fqdns'],
  ips: ['ips', 'ip', 'ip_address', 'ip address', 'ip_addresses', 'address', 'addresses'],
  cves: ['cves', 'cve', 'cve_id', 'cve_ids', 'vulnerabilities'],
};

/**
 * Reads a list of assets, CSV or JSON (an array, or an object with `assets`); several values in a cell are separated by `;`.
 * @throws RiskError `BAD_INPUT`, one line: which asset and which field is wrong, and what it may be
 */
export async function readAssets(path: string): Promise<AssetList> {
  const source = openFile(path);
  const { text, isWhole } = await readBeginning(source);
  if (!isWhole) throw badFile(path, 'is larger than 64 MB; split it');
  const isJson = /^\s*[[{]/.test(text);
  const entries = isJson ? readJsonEntries(path, text) : readCsvEntries(path, text);
  const assets = entries.map((entry) => toAsset(path, entry));
  if (assets.length === 0) throw badFile(path, 'lists no asset');
  refuseTwins(path, assets);
  const titles = new Set(entries.flatMap((entry) => entry.titles));
  const { assumed, lost } = tellDecoding(source);
  const notes = [
    assumed,
    lost,
    tellUnknownColumns(path, titles, Object.values(SYNONYMS).flat()),
    tellWithoutId(path, entries),
  ];
  const repeated = isJson ? findRepeatedKey(text.replace(/^\ufeff/, '')) : null;
  if (repeated !== null) notes.push(`${path}: ${tellRepeatedKey(repeated)}`);
  const warnings = notes.filter((note) => note !== null);
  return {
    assets,
    isLinked: entries.some(({ fields }) => LINKS.some((name) => name in fields)),
    ...(warnings.length === 0 ? {} : { warnings }),
  };
}

/** Findings and tickets know an asset by its id. */
function tellWithoutId(path: string, entries: readonly Entry[]): string | null {
  const count = entries.filter(({ fields }) => textOf(fields['id']) === null).length;
  if (count === 0) return null;
  const which = count === entries.length ? 'its assets' : `${count} of its ${entries.length} assets`;
  return `${path} gives ${which} no id: the name stands for it, and an asset whose name changes will be another one`;
}

function readJsonEntries(path: string, text: string): Entry[] {
  let document: unknown;
  try {
    document = JSON.parse(text.replace(/^\ufeff/, ''));
  } catch (error) {
    throw badFile(path, 'begins like JSON but cannot be read as JSON: is it whole?', error);
  }
  const list = Array.isArray(document) ? document : (at(document, 'assets') ?? document);
  if (!Array.isArray(list) && list !== document) throw badFile(path, 'has "assets" that is not a list of assets');
  return listOf(list).map((entry, index) => ({
    fields: underOurNames(fieldsOf(entry)),
    titles: Object.keys(fieldsOf(entry)),
    place: `asset ${index + 1}`,
  }));
}

function readCsvEntries(path: string, text: string): Entry[] {
  const [header = ''] = text.replace(/^\ufeff/, '').split(/\r\n|\n|\r/, 1);
  const delimiter = [',', '\t', ';'].find((sign) => header.includes(sign)) ?? ',';
  let titles: string[] = [];
  try {
    const rows = parse(text, {
      delimiter,
      bom: true,
      columns: (row: string[]) => {
        titles = row.map((title) => title.trim());
        return titles;
      },
      skip_empty_lines: true,
      relax_column_count: true,
      info: true,
    }) as unknown as { record: Record<string, string>; info: { lines: number } }[];
    const known = underOurNames(rows[0]?.record ?? {});
    if (rows.length > 0 && !('id' in known) && !('name' in known)) {
      throw badFile(
        path,
        'has no column id or name; begin with a line of titles: id, name, criticality, exposure, hostnames',
      );
    }
    return rows.map(({ record, info }, index) => ({
      fields: underOurNames(record),
      // All rows have the same.
      titles: index === 0 ? titles : [],
      place: `line ${info.lines}`,
    }));
  } catch (error) {
    if (error instanceof RiskError) throw error;
    throw badFile(path, `cannot be read as CSV: ${messageOf(error)}`, error);
  }
}

function underOurNames(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const byName = new Map(Object.entries(fields).map(([name, value]) => [name.trim().toLowerCase(), value]));
  return Object.fromEntries(
    Object.entries(SYNONYMS).flatMap(([name, synonyms]) => {
      const found = synonyms.filter((synonym) => byName.has(synonym)).map((synonym) => byName.get(synonym));
      if (found.length === 0) return [];
      // A list may have both `hostname` and `fqdn`: all of them are names of the asset.
      const isList = LINKS.some((link) => link === name) && found.length > 1;
      return [[name, isList ? found.flatMap((value) => listOf(value)) : found[0]]];
    }),
  );
}

function toAsset(path: string, entry: Entry): ListedAsset {
  const { fields } = entry;
  const id = textOf(fields['id']) ?? textOf(fields['name']);
  if (id === null) throw badFile(path, `${entry.place}: an asset needs an id`);
  return {
    asset: {
      id,
      name: textOf(fields['name']),
      criticality: readCriticality(path, entry),
      exposure: readOneOf(path, entry, 'exposure', EXPOSURE),
      environment: textOf(fields['environment']),
      owner: textOf(fields['owner']),
      humanImpact: readOneOf(path, entry, 'human_impact', HUMAN_IMPACT),
      missionImpact: readOneOf(path, entry, 'mission_impact', MISSION_IMPACT),
      eventLoss: readEventLoss(path, entry),
      susceptibility: readSusceptibility(path, entry),
      ...readSecurity(path, entry),
      source: path,
    },
    hostnames: readHosts(path, entry.place, 'hostnames', valuesOf(fields['hostnames'])),
    ips: readHosts(path, entry.place, 'ips', valuesOf(fields['ips'])),
    vulnerabilityIds: valuesOf(fields['cves']).map((value) => readId(path, entry, value)),
  };
}

/** Controls, data and security requirements; what is not said is left out. */
function readSecurity(path: string, entry: Entry): Pick<Asset, 'controls' | 'dataSensitivity' | 'requirements'> {
  const names = valuesOf(entry.fields['controls']);
  const controls = names.map((name) => {
    const known = CONTROL_NAMES.find((control) => control === name.toLowerCase().replace(/[\s-]+/g, '_'));
    if (known !== undefined) return known;
    throw badFile(path, `${entry.place}: control "${name.slice(0, 40)}" is none of ${CONTROL_NAMES.join(', ')}`);
  });
  const dataSensitivity = readOneOf(path, entry, 'data_sensitivity', DATA_SENSITIVITY);
  const stated = {
    confidentiality:
      readOneOf(path, entry, 'confidentiality', REQUIREMENTS) ??
      (dataSensitivity === null ? null : REQUIREMENT_OF_SENSITIVITY[dataSensitivity]),
    integrity: readOneOf(path, entry, 'integrity', REQUIREMENTS),
    availability: readOneOf(path, entry, 'availability', REQUIREMENTS),
  };
  const isStated = Object.values(stated).some((value) => value !== null);
  return {
    ...(controls.length === 0 ? {} : { controls: [...new Set(controls)] }),
    ...(dataSensitivity === null ? {} : { dataSensitivity }),
    ...(isStated ? { requirements: stated } : {}),
  };
}

function readId(path: string, { place }: Entry, value: string): string {
  const [id] = distinctIds([value]);
  if (id !== undefined && !/\s/.test(value)) return id.toUpperCase();
  throw badFile(path, `${place}: "${value.slice(0, 60)}" among its cves is no vulnerability id`);
}

function readCriticality(path: string, { fields, place }: Entry): number | null {
  const text = textOf(fields['criticality']);
  if (text === null || text.toLowerCase() === 'unknown') return null;
  const value = Number(text);
  if (Number.isInteger(value) && value >= 1 && value <= 5) return value;
  throw badFile(
    path,
    `${place}: criticality "${text.slice(0, 40)}" is not a whole number of 1 (least) to 5 (most critical)`,
  );
}

function readOneOf<Value extends string>(
  path: string,
  { fields, place }: Entry,
  name: string,
  allowed: readonly Value[],
): Value | null {
  const text = textOf(fields[name]);
  if (text === null || text.toLowerCase() === 'unknown') return null;
  const value = allowed.find((one) => one === text.toLowerCase().replaceAll(' ', '_'));
  if (value !== undefined) return value;
  throw badFile(path, `${place}: ${name} "${text.slice(0, 40)}" is none of ${allowed.join(', ')}, unknown`);
}

function valuesOf(value: unknown): string[] {
  return listOf(value)
    .flatMap((one) => (textOf(one) ?? '').split(/[;\n]/))
    .map((one) => one.trim())
    .filter((one) => one !== '');
}

function refuseTwins(path: string, assets: readonly ListedAsset[]): void {
  const seen = new Set<string>();
  for (const { asset } of assets) {
    if (seen.has(asset.id))
      throw badFile(path, `lists the asset "${asset.id.slice(0, 80)}" twice; give each an id of its own`);
    seen.add(asset.id);
  }
}
