import { expect, it } from 'vitest';
import { outlineItems } from '../../../../test/support/outline-items.ts';
import { GITLAB_EXAMPLE } from '../../../../test/support/report-examples.ts';
import { GITLAB } from './gitlab.ts';

it("ids that are public, else the database's own", () => {
  expect(outlineItems(GITLAB.read(GITLAB_EXAMPLE, { offset: 0 }))).toEqual([
    'component log4j-core (2.14.1) | /dependency_files/0/dependencies/0',
    'CVE-2021-44228 | log4j-core (2.14.1 > 2.15.0) | /vulnerabilities/0',
    'Gemnasium-cd | - | /vulnerabilities/1',
    'no-id A weakness | /vulnerabilities/2',
  ]);
});
