import { expect, it } from 'vitest';
import { outlineItems } from '../../../../test/support/outline-items.ts';
import { SPDX_3_EXAMPLE, SPDX_EXAMPLE, SPDX_TAG_VALUE_EXAMPLE } from '../../../../test/support/report-examples.ts';
import { SPDX, SPDX_TAG_VALUE } from './spdx.ts';
import { SPDX_3 } from './spdx-3.ts';

it('packages, and advisories as findings', () => {
  expect(outlineItems(SPDX.read(SPDX_EXAMPLE, { offset: 0 }))).toEqual([
    'subject shop -',
    'component log4j-core pkg:maven/org.apache.logging.log4j/log4j-core@2.14.1 cpe:2.3:a:apache:log4j:2.14.1:*:*:*:*:*:*:* (2.14.1) | /packages/0',
    'CVE-2021-44228 | log4j-core pkg:maven/org.apache.logging.log4j/log4j-core@2.14.1 cpe:2.3:a:apache:log4j:2.14.1:*:*:*:*:*:*:* (2.14.1) | /packages/0/externalRefs/2',
    'unreadable a package without name | /packages/1',
  ]);
});

it('the same as tags and values', () => {
  expect(outlineItems(SPDX_TAG_VALUE.read(SPDX_TAG_VALUE_EXAMPLE))).toEqual([
    'subject shop -',
    'component log4j-core pkg:maven/org.apache.logging.log4j/log4j-core@2.14.1 (2.14.1) | line 6',
    'CVE-2021-44228 | log4j-core pkg:maven/org.apache.logging.log4j/log4j-core@2.14.1 (2.14.1) | line 9',
  ]);
});

it('SPDX 3: packages, and what is related to them', () => {
  expect(outlineItems(SPDX_3.read(SPDX_3_EXAMPLE, { offset: 0 }))).toEqual([
    'subject shop -',
    'component log4j-core pkg:maven/org.apache.logging.log4j/log4j-core@2.14.1 (2.14.1) | /@graph/2',
    'CVE-2021-44832 | log4j-core pkg:maven/org.apache.logging.log4j/log4j-core@2.14.1 (2.14.1) | /@graph/2/externalRef/0',
    'CVE-2021-45105 | - | /@graph/5',
    'CVE-2021-44228 | log4j-core pkg:maven/org.apache.logging.log4j/log4j-core@2.14.1 (2.14.1) | /@graph/6 | not_affected: vulnerable_code_not_present, removed',
    'CVE-2021-45046 | log4j-core pkg:maven/org.apache.logging.log4j/log4j-core@2.14.1 (2.14.1) | /@graph/8',
  ]);
});

it("what GitHub's API answers", () => {
  const document = { sbom: { spdxVersion: 'SPDX-2.3', name: 'shop', packages: [{ name: 'a', versionInfo: '1' }] } };
  expect(SPDX.matches(document)).toBe(true);
  expect(outlineItems(SPDX.read(document, { offset: 0 }))).toEqual([
    'subject shop -',
    'component a (1) | /sbom/packages/0',
  ]);
});
