import type { StoredRow } from './servicenow-query.ts';

/** The id of a made-up row. */
export const idOf = (number: number) => number.toString(16).padStart(32, '0');

/** A made-up incident, of which more is stored than is needed. */
export const incident = (number: number, over: Record<string, string> = {}): StoredRow => ({
  sys_id: idOf(number),
  number: `INC${number}`,
  short_description: `CVE-2024-${number}`,
  description: 'It must be mended.',
  cmdb_ci: '',
  priority: '1',
  active: 'true',
  sys_created_on: '2026-01-01 00:00:00',
  secret_field: 'nobody needs it',
  ...over,
});

/** A made-up configuration item. */
export const item = (number: number, over: Record<string, string> = {}): StoredRow => ({
  sys_id: idOf(number),
  name: `server-${number}`,
  fqdn: `server-${number}.example.org`,
  ip_address: `10.0.0.${number}`,
  business_criticality: '1 - most critical',
  owned_by: 'f00d',
  environment: 'Production',
  u_exposure: 'dmz',
  sys_created_on: '2025-01-01 00:00:00',
  ...over,
});

/** A made-up relation: the parent needs the child in the way that the type's first half says. */
export const relation = (parent: number, child: number, type: string): StoredRow => ({
  sys_id: idOf(1000 * parent + child),
  parent: idOf(parent),
  child: idOf(child),
  'type.name': type,
  sys_created_on: '2025-01-01 00:00:00',
});

/** A made-up vulnerable item on a configuration item. */
export const vulnerableItem = (number: number, asset: string, over: Record<string, string> = {}): StoredRow => ({
  sys_id: idOf(number + 0xf0000),
  number: `VIT${number}`,
  state: '1',
  cmdb_ci: asset,
  vulnerability: `CVE-2024-${7000 + number}`,
  risk_rating: '2 - High',
  sys_created_on: '2026-05-01 09:00:00',
  sys_updated_on: '2026-05-01 10:00:00',
  secret_field: 'nobody needs it',
  ...over,
});
