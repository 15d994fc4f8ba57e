import { expect, it } from 'vitest';
import { outlineItems } from '../../../../test/support/outline-items.ts';
import { XRAY_EXAMPLE, XRAY_SUMMARY_EXAMPLE } from '../../../../test/support/report-examples.ts';
import { parseComponentId } from './component-id.ts';
import { JFROG_XRAY_SUMMARY, JFROG_XRAY_UNIFIED } from './jfrog-xray.ts';

it('rows', () => {
  expect(outlineItems(JFROG_XRAY_UNIFIED.read(XRAY_EXAMPLE, { offset: 0 }))).toEqual([
    'CVE-2019-2988 XRAY-96880 | java-11-openjdk (1:11.0.6-1.el7 > ≥ 1:11.0.7) | /rows/0',
  ]);
});

it('issues of artifacts, each component once', () => {
  expect(outlineItems(JFROG_XRAY_SUMMARY.read(XRAY_SUMMARY_EXAMPLE, { offset: 0 }))).toEqual([
    'subject shop:1.0 -',
    'CVE-2021-42385 | busybox (1.31.1-r20) | /artifacts/0/issues/0',
    'no-id without id | /artifacts/0/issues/1',
  ]);
});

it.each([
  ['npm://ip:2.0.0', 'ip', '2.0.0'],
  ['gav://org.example:shop:1.0', 'org.example:shop', '1.0'],
  ['deb://debian:buster:glibc:2.28-10', 'glibc', '2.28-10'],
  ['alpine://3.12:busybox:1.31.1-r20', 'busybox', '1.31.1-r20'],
  ['generic://file', 'file', null],
])('%s is %s %s', (id, name, installedVersion) => {
  expect(parseComponentId(id)).toMatchObject({ name, installedVersion });
});
