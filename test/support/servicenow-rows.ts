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
