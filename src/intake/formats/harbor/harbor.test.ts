import { expect, it } from 'vitest';
import { outlineItems } from '../../../../test/support/outline-items.ts';
import { HARBOR_EXAMPLE } from '../../../../test/support/report-examples.ts';
import { HARBOR } from './harbor.ts';

it('reports by media type', () => {
  expect(outlineItems(HARBOR.read(HARBOR_EXAMPLE, { offset: 0 }))).toEqual([
    'CVE-2022-1304 | e2fsprogs (1.46.2) | /application~1vnd.security.vulnerability.report; version=1.1/vulnerabilities/0',
  ]);
});
