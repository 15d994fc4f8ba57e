import { createTable } from '../../reports/make-table.ts';
import type { CsvFormat } from '../../reports/report-format.ts';
import { TABLE_FIELDS, type TableColumns, type TableField } from '../../reports/table-columns.ts';

/** Titles by which lists that people and tools keep name their columns. */
export const PLAIN_COLUMNS: Readonly<Record<TableField, readonly string[]>> = {
  cve: [
    ...['cve', 'cves', 'cve_id', 'cve_ids', 'cveid', 'cveids', 'cve id', 'cve ids', 'cve-id', 'cve-ids', 'cve number'],
    ...[
      'vulnerability',
      'vulnerability_id',
      'vulnerability id',
      'vulnerability-id',
      'vulnerabilityid',
      'vulnerability ids',
    ],
    ...['vuln id', 'vuln_id', 'vulnid'],
  ],
  host: [
    ...['host', 'hostname', 'host name', 'host_name', 'fqdn', 'dns name', 'dns', 'asset', 'asset name', 'asset_name'],
    ...['server', 'machine', 'computer', 'device', 'device name', 'system', 'netbios name', 'address'],
  ],
  ip: ['ip', 'ip address', 'ip_address', 'ipaddress', 'ipv4', 'ip addresses'],
  component: [
    ...[
      'component',
      'component name',
      'package',
      'package name',
      'package_name',
      'packagename',
      'product',
      'product name',
    ],
    ...['software', 'library', 'module', 'application', 'image'],
  ],
  version: [
    ...['version', 'installed version', 'installed_version', 'installedversion', 'package version', 'package_version'],
    ...['component version', 'product version', 'current version', 'affected version'],
  ],
  fixed: [
    ...[
      'fixed',
      'fixed version',
      'fixed_version',
      'fixedversion',
      'fix version',
      'fix_version',
      'fixed in',
      'fixed in version',
    ],
    ...['patched version', 'solution', 'remediation', 'fix'],
  ],
  severity: ['severity', 'risk', 'risk level', 'risk rating', 'criticality', 'cvss', 'cvss score'],
  purl: ['purl', 'package url', 'package_url', 'packageurl'],
  cpe: ['cpe', 'cpe23', 'cpe 2.3', 'cpe_uri', 'cpe uri'],
  title: ['title', 'name', 'summary', 'plugin name', 'vulnerability name', 'vulnerability_name', 'vulnerability title'],
  description: ['description', 'details', 'synopsis'],
};

/** A line of prose has commas too; a title is short. */
const LONGEST_TITLE = 60;

/** A table with titles that people give their columns, whoever wrote it: the last of the formats. */
export const PLAIN_TABLE = createTable({
  name: 'CSV',
  tool: null,
  columns: PLAIN_COLUMNS,
  known: Object.values(PLAIN_COLUMNS).flat(),
  matches: (titles) => areTitles(titles, [...PLAIN_COLUMNS.cve, ...PLAIN_COLUMNS.purl, ...PLAIN_COLUMNS.cpe]),
});

/**
 * A table without a column of ids, whose titles name vulnerabilities on hosts or in components: ids are where they stand in a row. Only of a text that has ids in it, because other lists have such
 * titles too.
 */
export const TITLED_TABLE = createTable({
  name: 'CSV',
  tool: null,
  columns: (titles) => ({ ...PLAIN_COLUMNS, cve: titles }),
  matches: (titles) =>
    areTitles(titles, [...PLAIN_COLUMNS.title, ...PLAIN_COLUMNS.description]) &&
    areTitles(titles, [...PLAIN_COLUMNS.host, ...PLAIN_COLUMNS.ip, ...PLAIN_COLUMNS.component]),
});

/**
 * A table that has a column which a user maps. A field that a user maps is read from the user's columns only, where the table has one; a column that a
 * user maps loses what its title says.
 */
export function createMappedTable(map: ReadonlyMap<string, TableField>): CsvFormat {
  return createTable({
    name: 'CSV',
    tool: null,
    columns(titles) {
      const here = new Map([...map].filter(([title]) => titles.includes(title)));
      return Object.fromEntries(TABLE_FIELDS.map((field) => [field, columnsOf(field, here)])) as TableColumns;
    },
    known: [...Object.values(PLAIN_COLUMNS).flat(), ...map.keys()],
    matches: (titles) => areTitles(titles, [...map.keys()]),
  });
}

function areTitles(titles: readonly string[], telling: readonly string[]): boolean {
  return (
    titles.length > 1 &&
    titles.some((title) => telling.includes(title)) &&
    titles.every((title) => title.length <= LONGEST_TITLE && !/cve-\d{4}-\d{4}/.test(title))
  );
}

function columnsOf(field: TableField, map: ReadonlyMap<string, TableField>): readonly string[] {
  const mapped = [...map].flatMap(([title, one]) => (one === field ? [title] : []));
  return mapped.length > 0 ? mapped : PLAIN_COLUMNS[field].filter((title) => !map.has(title));
}
