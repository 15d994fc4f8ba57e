import { expect, it } from 'vitest';
import { outlineItems } from '../../../../test/support/outline-items.ts';
import { NPM_6_EXAMPLE, NPM_AUDIT_EXAMPLE } from '../../../../test/support/report-examples.ts';
import { NPM_AUDIT } from './npm-audit.ts';

it('advisories of report version 2, not what leads to them', () => {
  expect(outlineItems(NPM_AUDIT.read(NPM_AUDIT_EXAMPLE, { offset: 0 }))).toEqual([
    'GHSA-c2qf-rxjj-qqgw | semver (- > 7.5.2) | /vulnerabilities/semver/via/0',
    'npm:2 | semver (- > 7.5.2) | /vulnerabilities/semver/via/1',
  ]);
});

it('advisories of npm 6, a finding for each version', () => {
  expect(outlineItems(NPM_AUDIT.read(NPM_6_EXAMPLE, { offset: 0 }))).toEqual([
    'CVE-2020-7608 GHSA-p9pc-299p-vxgp | yargs-parser (5.0.0 > >=13.1.2) | /advisories/1500',
    'CVE-2020-7608 GHSA-p9pc-299p-vxgp | yargs-parser (7.0.0 > >=13.1.2) | /advisories/1500',
  ]);
});

it('packages that are affected through what the report leaves out name nothing, and are told', () => {
  const report = {
    auditReportVersion: 2,
    vulnerabilities: {
      jest: { name: 'jest', via: ['braces'] },
      braces: { name: 'braces', via: ['micromatch'] },
      micromatch: { name: 'micromatch', via: ['braces'] },
      glob: { name: 'glob', via: ['semver'] },
      semver: {
        name: 'semver',
        via: [{ source: 1, name: 'semver', url: 'https://github.com/advisories/GHSA-c2qf-rxjj-qqgw' }],
      },
      odd: { name: 'odd', via: 7 },
    },
  };
  expect(outlineItems(NPM_AUDIT.read(report, { offset: 0 }))).toEqual([
    ...['jest', 'braces', 'micromatch'].map((name) => `no-id ${name} | /vulnerabilities/${name}`),
    'GHSA-c2qf-rxjj-qqgw | semver (-) | /vulnerabilities/semver/via/0',
    'no-id odd | /vulnerabilities/odd',
  ]);
});

it('vulnerabilities that are no object are told', () => {
  for (const vulnerabilities of [[{ name: 'a', via: ['b'] }], 'x', null]) {
    expect(outlineItems(NPM_AUDIT.read({ auditReportVersion: 2, vulnerabilities }, { offset: 0 }))).toEqual([
      'unreadable is no object of packages, and nothing of it can be read | /vulnerabilities',
    ]);
  }
});
