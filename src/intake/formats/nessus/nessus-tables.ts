import { createTable } from '../../reports/make-table.ts';

const has = (titles: readonly string[], ...wanted: readonly string[]) => wanted.every((one) => titles.includes(one));

/** CSV of Nessus, of Tenable VM, and of Web App Scanning: the same columns and more, a row for each CVE id. */
export const NESSUS_TABLE = createTable({
  name: 'Nessus',
  isHostScan: true,
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
