import { expect, it } from 'vitest';
import { outlineItems } from '../../../../test/support/outline-items.ts';
import { OSV_EXAMPLE } from '../../../../test/support/report-examples.ts';
import { OSV, OSV_LINES } from './osv.ts';

it('the packages of a record', () => {
  expect(outlineItems(OSV.read(OSV_EXAMPLE, { offset: 0 }))).toEqual([
    'GHSA-jfh8-c2jp-5v3q CVE-2021-44228 | log4j-core pkg:maven/log4j-core (- > 2.12.2, 2.15.0) | ',
  ]);
});

it.each([
  ['a list', [OSV_EXAMPLE], '/0'],
  ['an answer to a query', { vulns: [OSV_EXAMPLE] }, '/vulns/0'],
  ['an answer to a batch', { results: [{}, { vulns: [OSV_EXAMPLE] }] }, '/results/1/vulns/0'],
])('%s', (_, document, position) => {
  expect(OSV.matches(document)).toBe(true);
  expect(outlineItems(OSV.read(document, { offset: 0 }))).toEqual([
    `GHSA-jfh8-c2jp-5v3q CVE-2021-44228 | log4j-core pkg:maven/log4j-core (- > 2.12.2, 2.15.0) | ${position}`,
  ]);
});

it('lines', () => {
  expect(OSV_LINES.matches(OSV_EXAMPLE)).toBe(true);
  expect(outlineItems(OSV_LINES.read([OSV_EXAMPLE], { offset: 1000 }))[0]).toMatch(/ \| object 1001$/);
});

it("takes related ids for a distribution's own vulnerabilities, and nobody else's", () => {
  const ids = (id: string) =>
    outlineItems(OSV.read({ id, modified: '2024', related: ['CVE-2002-0653'] }, { offset: 0 }));
  expect(ids('DSA-135')).toEqual(['DSA-135 CVE-2002-0653 | - | ']);
  expect(ids('GHSA-jfh8-c2jp-5v3q')).toEqual(['GHSA-jfh8-c2jp-5v3q | - | ']);
});

it('one finding for a record of more than 50 packages', () => {
  const affected = Array.from({ length: 51 }, (_, index) => ({ package: { name: `p${index}` } }));
  expect(outlineItems(OSV.read({ ...OSV_EXAMPLE, affected }, { offset: 0 }))).toEqual([
    'GHSA-jfh8-c2jp-5v3q CVE-2021-44228 | - | ',
  ]);
});
