import { expect, it } from 'vitest';
import { outlineItems } from '../../../../test/support/outline-items.ts';
import { OSV_SCANNER_EXAMPLE } from '../../../../test/support/report-examples.ts';
import { OSV_SCANNER } from './osv-scanner.ts';

it('a finding for each group', () => {
  expect(outlineItems(OSV_SCANNER.read(OSV_SCANNER_EXAMPLE, { offset: 0 }))).toEqual([
    'component log4j-core (2.14.1) | /results/0/packages/0',
    'GHSA-jfh8-c2jp-5v3q GHSA-aaaa-bbbb-cccc CVE-2021-44228 | log4j-core (2.14.1 > 2.12.2, 2.15.0) | /results/0/packages/0',
    'GHSA-dddd-eeee-ffff | log4j-core (2.14.1) | /results/0/packages/0',
  ]);
});
