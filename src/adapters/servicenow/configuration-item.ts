import type { ListedAsset } from '../../domain/asset/asset.ts';
import { EXPOSURE, type Exposure } from '../../domain/ssvc/decision-points.ts';
import { cellOf, type Row, textOf } from './schema.ts';

/** What assets from here name as their source. */
export const SERVICENOW_ASSETS = 'ServiceNow CMDB';

/** Fields of a configuration item that are read; an instance passes over those that its table lacks. */
export const ASSET_FIELDS = [
  'name',
  'fqdn',
  'ip_address',
  'business_criticality',
  'owned_by',
  'environment',
  'used_for',
] as const;

/** Where an item says how exposed it is. */
export interface ExposureField {
  readonly field: string;
  /** What the field's values mean, in lower case; SSVC's own words need no entry. */
  readonly values: Readonly<Record<string, Exposure>>;
}

/** ServiceNow's choices, "1 - most critical" to "4 - not critical": the step between the second and the third is the scale's middle. */
const CRITICALITY: ReadonlyMap<string, number> = new Map([
  ['1', 5],
  ['2', 4],
  ['3', 2],
  ['4', 1],
]);

/** A configuration item as an asset; what it does not say, or says in words that are not known, is unknown. */
export function toListedAsset(row: Row, exposure: ExposureField | null): ListedAsset {
  return {
    asset: {
      id: cellOf(row, 'sys_id').value,
      name: textOf(row, 'name'),
      criticality: toCriticality(row),
      exposure: exposure === null ? null : toExposure(row, exposure),
      environment: textOf(row, 'environment') ?? textOf(row, 'used_for'),
      owner: textOf(row, 'owned_by'),
      humanImpact: null,
      missionImpact: null,
      eventLoss: null,
      susceptibility: null,
      source: SERVICENOW_ASSETS,
    },
    hostnames: wordsOf(textOf(row, 'fqdn')),
    ips: wordsOf(textOf(row, 'ip_address')),
    vulnerabilityIds: [],
  };
}

function toCriticality(row: Row): number | null {
  const { value, display } = cellOf(row, 'business_criticality');
  for (const text of [value, display]) {
    const [, rank = ''] = /^\s*([1-4])\s*(?:-.*)?$/.exec(text) ?? [];
    const criticality = CRITICALITY.get(rank);
    if (criticality !== undefined) return criticality;
  }
  return null;
}

function toExposure(row: Row, { field, values }: ExposureField): Exposure | null {
  const { value, display } = cellOf(row, field);
  for (const text of [value, display].map((one) => one.trim().toLowerCase())) {
    const known = (Object.hasOwn(values, text) ? values[text] : undefined) ?? EXPOSURE.find((one) => one === text);
    if (known !== undefined) return known;
  }
  return null;
}

function wordsOf(text: string | null): string[] {
  return (text ?? '').split(/[\s,;]+/).filter((word) => word !== '');
}
