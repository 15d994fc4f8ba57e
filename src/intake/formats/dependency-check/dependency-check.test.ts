import { expect, it } from 'vitest';
import { outlineItems } from '../../../../test/support/outline-items.ts';
import { DEPENDENCY_CHECK_EXAMPLE, DEPENDENCY_CHECK_XML_EXAMPLE } from '../../../../test/support/report-examples.ts';
import { readXml } from '../../reports/read-xml.ts';
import { DEPENDENCY_CHECK_JSON, DEPENDENCY_CHECK_XML } from './dependency-check.ts';

it('dependencies and vulnerabilities', () => {
  expect(outlineItems(DEPENDENCY_CHECK_JSON.read(DEPENDENCY_CHECK_EXAMPLE, { offset: 0 }))).toEqual([
    'subject shop -',
    'component log4j-core-2.14.1.jar pkg:maven/org.apache.logging.log4j/log4j-core@2.14.1 cpe:2.3:a:apache:log4j:2.14.1:*:*:*:*:*:*:* (2.14.1) | /dependencies/1',
    'CVE-2021-44228 | log4j-core-2.14.1.jar pkg:maven/org.apache.logging.log4j/log4j-core@2.14.1 cpe:2.3:a:apache:log4j:2.14.1:*:*:*:*:*:*:* (2.14.1) | /dependencies/1/vulnerabilities/0',
  ]);
});

it('the same in XML, but nothing suppressed', () => {
  expect(outlineItems(DEPENDENCY_CHECK_XML.read(readXml('example', DEPENDENCY_CHECK_XML_EXAMPLE)))).toEqual([
    'subject shop -',
    'component log4j-core-2.14.1.jar pkg:maven/org.apache.logging.log4j/log4j-core@2.14.1 (2.14.1) | analysis/dependencies/dependency[1]',
    'CVE-2021-44228 | log4j-core-2.14.1.jar pkg:maven/org.apache.logging.log4j/log4j-core@2.14.1 (2.14.1) | analysis/dependencies/dependency[1]/vulnerabilities/vulnerability[1]',
    'npm:1500 | log4j-core-2.14.1.jar pkg:maven/org.apache.logging.log4j/log4j-core@2.14.1 (2.14.1) | analysis/dependencies/dependency[1]/vulnerabilities/vulnerability[2]',
  ]);
});

it('spells a vector of its metrics', () => {
  const [, , finding] = DEPENDENCY_CHECK_JSON.read(DEPENDENCY_CHECK_EXAMPLE, { offset: 0 });
  expect(finding).toMatchObject({ reported: { cvssVectors: ['CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H'] } });
});
