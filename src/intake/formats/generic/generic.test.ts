import { expect, it } from 'vitest';
import { outlineItems } from '../../../../test/support/outline-items.ts';
import { GENERIC_EXAMPLE } from '../../../../test/support/report-examples.ts';
import { GENERIC } from './generic.ts';

it('findings with ids', () => {
  expect(outlineItems(GENERIC.read(GENERIC_EXAMPLE, { offset: 0 }))).toEqual([
    'CVE-2021-44228 GHSA-jfh8-c2jp-5v3q | log4j-core (2.14.1 > 2.15.0) | /findings/0',
    'no-id No id | /findings/1',
  ]);
});

it.each([
  ['ids', ['CVE-2021-44228', 'not an id'], ['CVE-2021-44228 | - | /0', 'not an id']],
  ['entries', [{ cveId: 'CVE-2021-44228' }, { cve_id: 'cve-2021-45046' }], ['CVE-2021-44228', 'CVE-2021-45046']],
  ['a field of entries', { items: [{ id: 'CVE-2021-44228', name: 'x' }] }, ['CVE-2021-44228 | - | /items/0']],
  [
    'entries by name',
    { a: { cve: ['CVE-2021-44228'] }, 'CVE-2021-45046': {} },
    ['| /a', 'CVE-2021-45046 | - | /CVE-2021-45046'],
  ],
  [
    "NVD's answer",
    { vulnerabilities: [{ cve: { id: 'CVE-2021-44228' } }] },
    ['CVE-2021-44228 | - | /vulnerabilities/0'],
  ],
  ['a CVE record', { cveMetadata: { cveId: 'CVE-2021-44228' } }, ['CVE-2021-44228']],
])('%s', (_, document, lines) => {
  expect(GENERIC.matches(document)).toBe(true);
  const outline = outlineItems(GENERIC.read(document, { offset: 0 }));
  expect(outline).toHaveLength(lines.length);
  for (const [index, line] of lines.entries()) expect(outline[index]).toContain(line);
});

it.each([
  [{}],
  [[]],
  [null],
  [{ a: [1] }],
  [['no id']],
  [{ text: 'about CVE-2021-44228' }],
  [{ findings: [{ id: 'F1' }] }],
])('%j is nothing that it knows', (document) => {
  expect(GENERIC.matches(document)).toBe(false);
});
