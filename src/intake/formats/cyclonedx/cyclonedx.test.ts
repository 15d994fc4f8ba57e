import { expect, it } from 'vitest';
import { outlineItems } from '../../../../test/support/outline-items.ts';
import {
  CYCLONEDX_EXAMPLE,
  CYCLONEDX_EXTENSION_EXAMPLE,
  CYCLONEDX_XML_EXAMPLE,
} from '../../../../test/support/report-examples.ts';
import { readXml } from '../../reports/read-xml.ts';
import { CYCLONEDX_JSON, CYCLONEDX_XML } from './cyclonedx.ts';

it('components, and a finding for each that a vulnerability affects', () => {
  expect(outlineItems(CYCLONEDX_JSON.read(CYCLONEDX_EXAMPLE, { offset: 0 }))).toEqual([
    'subject org.example/shop 3.0',
    'component log4j-core pkg:maven/org.apache.logging.log4j/log4j-core@2.14.1 (2.14.1) | /components/0',
    'component inner (1) | /components/0/components/0',
    'unreadable a component without name | /components/1',
    'CVE-2021-44228 GHSA-jfh8-c2jp-5v3q | log4j-core pkg:maven/org.apache.logging.log4j/log4j-core@2.14.1 (2.14.1 > 2.17.1) | /vulnerabilities/0/affects/0 | not_affected: code_not_reachable, never called; response: update',
    'CVE-2021-44228 GHSA-jfh8-c2jp-5v3q | inner (1 > 2) | /vulnerabilities/0/affects/1 | not_affected: code_not_reachable, never called; response: update',
    'CVE-2021-44228 GHSA-jfh8-c2jp-5v3q | pkg:npm/left-pad@1.0.0 (- > 2.17.1) | /vulnerabilities/0/affects/2 | not_affected: code_not_reachable, never called; response: update',
    'CVE-2021-44228 GHSA-jfh8-c2jp-5v3q | - | /vulnerabilities/0/affects/3 | not_affected: code_not_reachable, never called; response: update',
    'CVE-2020-0001 | - | /vulnerabilities/1 | under_investigation: -, -',
    'no-id no id | /vulnerabilities/2',
  ]);
});

it('the same in XML', () => {
  expect(outlineItems(CYCLONEDX_XML.read(readXml('example', CYCLONEDX_XML_EXAMPLE)))).toEqual([
    'subject shop 3.0',
    'component log4j-core (2.14.1) | bom/components/component[1]',
    'component inner (-) | bom/components/component[1]/components/component[1]',
    'CVE-2021-44228 GHSA-jfh8-c2jp-5v3q | log4j-core (2.14.1 > 2.17.1) | bom/vulnerabilities/vulnerability[1]/affects/target[1] | affected: -, response: update',
    'CVE-2021-44228 GHSA-jfh8-c2jp-5v3q | inner (-) | bom/vulnerabilities/vulnerability[1]/affects/target[2] | affected: -, response: update',
  ]);
});

it('vulnerabilities as the extension 1.0 has them', () => {
  expect(outlineItems(CYCLONEDX_XML.read(readXml('example', CYCLONEDX_EXTENSION_EXAMPLE)))).toEqual([
    'component a (1) | bom/components/component[1]',
    'CVE-2017-7525 | a (1) | bom/vulnerabilities/vulnerability[1]',
    'CVE-2018-7489 | a (1) | bom/components/component[1]/vulnerabilities/vulnerability[1]',
  ]);
});

it('what is reported of a vulnerability', () => {
  const [finding] = [...CYCLONEDX_JSON.read(CYCLONEDX_EXAMPLE, { offset: 0 })].filter(
    (item) => item.kind === 'finding',
  );
  expect(finding).toMatchObject({
    tool: 'maker',
    severity: 'critical',
    vex: { author: 'Example Org', at: '2024-05-01T00:00:00Z' },
    reported: { cvssVectors: ['CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H'], cwes: ['CWE-502'] },
  });
});

it.each([
  ['exploitable', 'affected'],
  ['in_triage', 'under_investigation'],
  ['false_positive', 'not_affected'],
  ['not_affected', 'not_affected'],
  ['resolved', 'fixed'],
  ['resolved_with_pedigree', 'fixed'],
  ['constructor', undefined],
])('analysis %s is %s', (state, status) => {
  const document = { bomFormat: 'CycloneDX', vulnerabilities: [{ id: 'CVE-2021-44228', analysis: { state } }] };
  const item = [...CYCLONEDX_JSON.read(document, { offset: 0 })].find(({ kind }) => kind === 'finding');
  expect(item?.kind === 'finding' ? item.vex?.status : null).toBe(status);
});

it('reads 10,000 components inside one another, and references that go in circles', () => {
  let component: Record<string, unknown> = { name: 'innermost', 'bom-ref': 'a' };
  for (let depth = 1; depth < 10_000; depth += 1)
    component = { name: `c${depth}`, 'bom-ref': 'a', components: [component] };
  const document = { components: [component], vulnerabilities: [{ id: 'CVE-2021-44228', affects: [{ ref: 'a' }] }] };
  const items = [...CYCLONEDX_JSON.read(document, { offset: 0 })];
  expect(items.filter((item) => item.kind === 'component')).toHaveLength(10_000);
  expect(Math.max(...items.map((item) => (item.kind === 'component' ? item.position.length : 0)))).toBeLessThan(1000);
  expect(outlineItems(items).at(-1)).toBe('CVE-2021-44228 | c9999 (-) | /vulnerabilities/0/affects/0');
});

it('reads lists of 300,000 where some are expected', () => {
  const many = (value: unknown) => new Array<unknown>(300_000).fill(value);
  const vulnerability = {
    id: 'CVE-2021-44228',
    ratings: many({}),
    cwes: many(79),
    references: many({ id: 'CVE-2020-0001' }),
  };
  const affects = [{ ref: 'pkg:npm/a', versions: many({ version: '1', status: 'unaffected' }) }];
  const items = CYCLONEDX_JSON.read({ vulnerabilities: [{ ...vulnerability, affects }] }, { offset: 0 });
  expect(outlineItems(items)).toEqual([
    'CVE-2021-44228 CVE-2020-0001 | pkg:npm/a (- > 1) | /vulnerabilities/0/affects/0',
  ]);
});

it('tells of lists that are none, since a BOM without them looks clean', () => {
  const broken = { bomFormat: 'CycloneDX', components: 'no', vulnerabilities: { id: 'CVE-2021-44228' } };
  expect(outlineItems(CYCLONEDX_JSON.read(broken, { offset: 0 }))).toEqual([
    'unreadable is no list, and nothing of it can be read | /components',
    'unreadable is no list, and nothing of it can be read | /vulnerabilities',
  ]);
});

it('reads a later part without what came with the first', () => {
  const part = { ...CYCLONEDX_EXAMPLE, vulnerabilities: [{ id: 'CVE-2021-44228' }] };
  expect(outlineItems(CYCLONEDX_JSON.read(part, { offset: 1000 }))).toEqual([
    'CVE-2021-44228 | - | /vulnerabilities/1000',
  ]);
});

it('a version that is not known is read, and told', () => {
  const told =
    'unreadable its version "9.9" of CycloneDX is not known (1.0 to 1.7 are); it was read as 1.7, and may hold more';
  const component = { name: 'a', version: '1' };
  const bom = (specVersion?: unknown) => ({ bomFormat: 'CycloneDX', specVersion, components: [component] });
  const read = (document: unknown) => outlineItems(CYCLONEDX_JSON.read(document, { offset: 0 }));
  expect(read(bom('9.9'))).toEqual([`${told} | /specVersion`, 'component a (1) | /components/0']);
  for (const version of ['1.0', '1.7', undefined]) expect(read(bom(version))).toHaveLength(1);
  const xml = (version: string) =>
    `<bom xmlns="http://cyclonedx.org/schema/bom/${version}"><components><component><name>a</name><version>1</version></component></components></bom>`;
  const readXmlBom = (version: string) => outlineItems(CYCLONEDX_XML.read(readXml('example', xml(version))));
  expect(readXmlBom('9.9')).toEqual([`${told} | bom/@xmlns`, 'component a (1) | bom/components/component[1]']);
  expect(readXmlBom('1.6')).toHaveLength(1);
});
