import { expect, it } from 'vitest';
import { outlineItems } from '../../../../test/support/outline-items.ts';
import { DEPENDENCY_TRACK_EXAMPLE } from '../../../../test/support/report-examples.ts';
import { DEPENDENCY_TRACK } from './dependency-track.ts';

it('findings with their analysis', () => {
  expect(outlineItems(DEPENDENCY_TRACK.read(DEPENDENCY_TRACK_EXAMPLE, { offset: 0 }))).toEqual([
    'subject shop 3.0',
    'GHSA-jfh8-c2jp-5v3q CVE-2021-44228 | org.apache.logging.log4j/log4j-core pkg:maven/org.apache.logging.log4j/log4j-core@2.14.1 (2.14.1) | /findings/0 | not_affected: code_not_present, shaded',
    'npm:533 | timespan (-) | /findings/1',
  ]);
});
