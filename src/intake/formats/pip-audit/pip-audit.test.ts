import { expect, it } from 'vitest';
import { outlineItems } from '../../../../test/support/outline-items.ts';
import { PIP_AUDIT_EXAMPLE } from '../../../../test/support/report-examples.ts';
import { PIP_AUDIT } from './pip-audit.ts';

it('dependencies and what is found in them', () => {
  expect(outlineItems(PIP_AUDIT.read(PIP_AUDIT_EXAMPLE, { offset: 0 }))).toEqual([
    'component flask (0.5) | /dependencies/0',
    'PYSEC-2019-179 CVE-2019-1010083 | flask (0.5 > 1.0) | /dependencies/0/vulns/0',
    'component local (-) | /dependencies/1',
  ]);
});
