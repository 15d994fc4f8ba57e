import { createTable } from '../../reports/make-table.ts';

/** OpenVAS and Greenbone results as CSV. */
export const OPENVAS_TABLE = createTable({
  name: 'OpenVAS',
  isHostScan: true,
  matches: (titles) => ['nvt oid', 'nvt name', 'cves'].every((title) => titles.includes(title)),
  columns: {
    cve: ['cves'],
    host: ['hostname'],
    ip: ['ip'],
    severity: ['severity', 'cvss'],
    title: ['nvt name'],
    description: ['summary'],
  },
});
