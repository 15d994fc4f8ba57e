import { expect, it } from 'vitest';
import { outlineItems } from '../../../../test/support/outline-items.ts';
import { CLAIR_4_EXAMPLE, CLAIR_EXAMPLE } from '../../../../test/support/report-examples.ts';
import { CLAIR } from './clair.ts';

it("clair-scanner's report", () => {
  expect(outlineItems(CLAIR.read(CLAIR_EXAMPLE, { offset: 0 }))).toEqual([
    'subject shop:1.0 -',
    'CVE-2018-20839 | systemd (237 > 238) | /vulnerabilities/0',
    'CVE-2019-5436 | - | /unapproved/1',
  ]);
});

it('the index of version 4', () => {
  expect(outlineItems(CLAIR.read(CLAIR_4_EXAMPLE, { offset: 0 }))).toEqual([
    'subject sha256:ab -',
    'CVE-2018-20839 | systemd (237 > 238) | /package_vulnerabilities/1/0',
  ]);
});
