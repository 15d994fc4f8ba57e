import { expect, it } from 'vitest';
import { outlineItems } from '../../../../test/support/outline-items.ts';
import { GITHUB_EXAMPLE, GITHUB_REST_EXAMPLE } from '../../../../test/support/report-examples.ts';
import { GITHUB_ALERTS } from './github-alerts.ts';

it('alerts wherever a query has them', () => {
  expect(outlineItems(GITHUB_ALERTS.read(GITHUB_EXAMPLE, { offset: 0 }))).toEqual([
    'GHSA-jfh8-c2jp-5v3q CVE-2021-44228 | log4j-core (2.14.1 > 2.15.0) | /data/organization/repositories/nodes/0/vulnerabilityAlerts/nodes/0 | not_affected: not_used, -',
  ]);
});

it('alerts of the REST API', () => {
  expect(outlineItems(GITHUB_ALERTS.read(GITHUB_REST_EXAMPLE, { offset: 0 }))).toEqual([
    'GHSA-jfh8-c2jp-5v3q CVE-2021-44228 | log4j-core (- > 2.15.0) | /0 | fixed: -, -',
  ]);
});
