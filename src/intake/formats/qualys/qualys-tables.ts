import { createTable } from '../../reports/make-table.ts';

/** Qualys' PCI report as CSV. */
export const QUALYS_PCI_TABLE = createTable({
  name: 'Qualys PCI',
  isHostScan: true,
  matches: (titles) => ['qid', 'cveid', 'vuln title'].every((title) => titles.includes(title)),
  columns: {
    cve: ['cveid'],
    host: ['hostname'],
    ip: ['ip'],
    severity: ['severity'],
    title: ['vuln title'],
    description: ['threat'],
  },
});

/** Qualys VMDR's list of asset vulnerabilities and Qualys' scan reports as CSV, below lines about the report: by CVE id or, without any, by QID. */
export const QUALYS_TABLE = createTable({
  name: 'Qualys',
  isHostScan: true,
  matches: (titles) =>
    titles.includes('qid') && titles.includes('title') && (titles.includes('asset ipv4') || titles.includes('ip')),
  columns: {
    cve: ['cve', 'cve id'],
    host: ['asset name', 'dns', 'fqdn', 'netbios'],
    ip: ['asset ipv4', 'asset ipv6', 'ip'],
    severity: ['severity'],
    title: ['title'],
    description: ['cve-description', 'threat'],
    state: ['status', 'vuln status'],
    scanned: ['ip status'],
  },
});
