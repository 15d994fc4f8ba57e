import { expect, it } from 'vitest';
import { outlineItems } from '../../../../test/support/outline-items.ts';
import { GOVULNCHECK_EXAMPLE, GOVULNCHECK_OLD_EXAMPLE } from '../../../../test/support/report-examples.ts';
import { GOVULNCHECK, GOVULNCHECK_JSON } from './govulncheck.ts';

it('findings, not all records', () => {
  expect(outlineItems(GOVULNCHECK_JSON.read(GOVULNCHECK_EXAMPLE, { offset: 0 }))).toEqual([
    'GO-2022-1144 CVE-2022-41717 | stdlib (v1.19.0 > v1.19.4) | /3',
  ]);
});

it('the document of before 1.0', () => {
  expect(outlineItems(GOVULNCHECK_JSON.read(GOVULNCHECK_OLD_EXAMPLE, { offset: 0 }))).toEqual([
    'GO-2022-1144 CVE-2022-41717 | stdlib (v1.19.0) | /Vulns/0',
  ]);
});

it('finds records of an earlier part', () => {
  const memory = new Map<string, unknown>();
  const part = (from: number, to: number) =>
    outlineItems(GOVULNCHECK.read(GOVULNCHECK_EXAMPLE.slice(from, to), { offset: from, memory }));
  expect(part(0, 3)).toEqual([]);
  expect(part(3, 4)).toEqual(['GO-2022-1144 CVE-2022-41717 | stdlib (v1.19.0 > v1.19.4) | object 4']);
});
