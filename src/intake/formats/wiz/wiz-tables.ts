import { createTable } from '../../reports/make-table.ts';

/** Wiz' vulnerability findings as CSV. */
export const WIZ_VULNERABILITIES = createTable({
  name: 'Wiz',
  matches: (titles) => ['wizurl', 'detailedname', 'assetname'].every((title) => titles.includes(title)),
  columns: {
    cve: ['name'],
    host: ['assetname'],
    ip: ['ipaddresses'],
    component: ['detailedname'],
    version: ['version'],
    fixed: ['fixedversion'],
    severity: ['vendorseverity', 'cvssseverity'],
    state: ['findingstatus'],
  },
});

/** Wiz' issues as CSV: risks of a cloud's resources; few titles name a CVE. */
export const WIZ_ISSUES = createTable({
  name: 'Wiz',
  matches: (titles) => ['wiz url', 'control id', 'resource type'].every((title) => titles.includes(title)),
  columns: {
    cve: ['title'],
    host: ['resource name'],
    severity: ['severity'],
    title: ['title'],
    description: ['description'],
    state: ['status'],
  },
});
