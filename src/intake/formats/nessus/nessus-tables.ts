import { createTable } from '../../reports/make-table.ts';
import type { CsvRow } from '../../reports/report-format.ts';
import { wholeTextOf } from '../../reports/values.ts';
import { tellsFailedLogin } from './failed-login.ts';

const has = (titles: readonly string[], ...wanted: readonly string[]) => wanted.every((one) => titles.includes(one));

/** Whether a row is of a plugin that tells of a failed login, by the titles of the columns of plugins and of what they say. */
const failedLogin = (plugin: string, output: string) => (cells: CsvRow['cells']) =>
  tellsFailedLogin(wholeTextOf(cells[plugin]), wholeTextOf(cells[output]));

/** CSV of Nessus, of Tenable VM, and of Web App Scanning: the same columns and more, a row for each CVE id. */
export const NESSUS_TABLE = createTable({
  name: 'Nessus',
  isHostScan: true,
  isFromOutside: failedLogin('plugin id', 'plugin output'),
  matches: (titles) => has(titles, 'plugin id', 'cve', 'risk', 'host'),
  columns: {
    cve: ['cve'],
    host: ['fqdn', 'host', 'netbios'],
    ip: ['ip address'],
    severity: ['risk', 'severity'],
    title: ['name'],
    description: ['description', 'synopsis'],
    vector: ['cvss3 vector', 'cvss vector'],
    state: ['vulnerability state'],
  },
});

/** CSV of Tenable Security Center (SecurityCenter): the CVE ids of a plugin in one cell. */
export const TENABLE_SC_TABLE = createTable({
  name: 'Tenable Security Center',
  isHostScan: true,
  isFromOutside: failedLogin('plugin', 'plugin text'),
  matches: (titles) => has(titles, 'plugin', 'plugin name', 'ip address', 'dns name', 'cve'),
  columns: {
    cve: ['cve'],
    host: ['dns name', 'netbios name'],
    ip: ['ip address'],
    severity: ['severity', 'risk factor'],
    title: ['plugin name'],
    description: ['description', 'synopsis'],
    vector: ['cvss v3 vector', 'cvss v2 vector'],
  },
});

/** CSV of Tenable Vulnerability Management since 2023: titles are the paths of the fields. */
export const TENABLE_VM_TABLE = createTable({
  name: 'Tenable Vulnerability Management',
  isHostScan: true,
  isFromOutside: failedLogin('definition.id', 'output'),
  matches: (titles) => has(titles, 'definition.cve', 'definition.name'),
  columns: {
    cve: ['definition.cve'],
    host: ['asset.display_fqdn', 'asset.host_name', 'asset.name', 'asset.netbios_name'],
    ip: ['asset.display_ipv4_address', 'asset.display_ipv6_address'],
    severity: ['severity', 'definition.severity'],
    title: ['definition.name'],
    description: ['definition.description', 'definition.synopsis'],
    vector: ['definition.cvss3.base_vector', 'definition.cvss2.base_vector'],
    state: ['state'],
  },
});
