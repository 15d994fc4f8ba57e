import { toWorkload } from '../../reports/finding-subject.ts';
import { createTable } from '../../reports/make-table.ts';

/** Sysdig Secure's report of vulnerabilities as CSV: until 2024 with `Vulnerability ID` and `Image`, from 2025 with `Vulnerability Name` and `Image Name`. */
export const SYSDIG_TABLE = createTable({
  name: 'Sysdig',
  matches: (titles) =>
    (titles.includes('vulnerability id') && titles.includes('package suggested fix')) ||
    (titles.includes('vulnerability name') && titles.includes('kubernetes cluster name')),
  columns: {
    cve: ['vulnerability id', 'vulnerability name'],
    component: ['package name'],
    version: ['package version'],
    fixed: ['fix version'],
    severity: ['severity', 'vulnerability severity'],
    vector: ['cvss vector'],
  },
  subject: (cells) =>
    toWorkload({
      cluster: cells['kubernetes cluster name'],
      namespace: cells['kubernetes namespace name'],
      kind: cells['kubernetes workload type'],
      name: cells['kubernetes workload name'],
      container: cells['kubernetes container name'],
      image: cells['image name'] ?? cells['image'],
    }),
});
