import { expect, it } from 'vitest';
import { outlineItems } from '../../../../test/support/outline-items.ts';
import { SNYK_EXAMPLE } from '../../../../test/support/report-examples.ts';
import { SNYK } from './snyk.ts';

it('each vulnerability once, whatever leads to it', () => {
  expect(outlineItems(SNYK.read(SNYK_EXAMPLE, { offset: 0 }))).toEqual([
    'subject shop -',
    'SNYK-JS-LODASH-590103 CVE-2020-8203 GHSA-p6mc-m468-83gw | lodash (4.17.15 > 4.17.20) | /vulnerabilities/0',
    'no-id GPL-3.0 license | /vulnerabilities/2',
    'subject inside -',
    'SNYK-JS-LODASH-590103 CVE-2020-8203 GHSA-p6mc-m468-83gw | lodash (4.17.15 > 4.17.20) | /applications/0/vulnerabilities/0',
  ]);
});
