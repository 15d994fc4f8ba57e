import { parse } from 'csv-parse/sync';
import { expect, it } from 'vitest';
import type { DecisionTable } from '../../src/scoring/ssvc/decision-table.ts';
import { CISA_BOD_26_04 } from '../../src/scoring/ssvc/tables/cisa-bod-26-04.ts';
import { CISA_COORDINATOR } from '../../src/scoring/ssvc/tables/cisa-coordinator.ts';
import { DEPLOYER } from '../../src/scoring/ssvc/tables/deployer.ts';
import { describeWithTestData, readTestData } from '../support/test-data.ts';

const TABLES: readonly (readonly [string, DecisionTable<string>])[] = [
  ['cisa_bod_26_04_1_0_0.csv', CISA_BOD_26_04],
  ['cisa_coordinator_2_0_3.csv', CISA_COORDINATOR],
  ['deployer_patch_application_priority_1_0_0.csv', DEPLOYER],
];

// The published names that are spelt otherwise in identifiers; for the others a change of blanks and hyphens will do.
const NAMES: Readonly<Record<string, string>> = {
  'track*': 'track_star',
  'fix on system upgrade': 'next_upgrade',
  '3 days & forensic investigation': '3_days_forensics',
};

describeWithTestData('SSVC decision tables', () => {
  it.each(TABLES)('equal the published %s, row for row', (file, table) => {
    const [, ...published]: string[][] = parse(readTestData(`ssvc/tables/${file}`));
    const ours = table.rows.map(({ row, inputs, outcome }) => [String(row), ...inputs, outcome]);
    expect(ours).toEqual(published.map((row) => row.map((name) => NAMES[name] ?? name.replace(/[ -]/g, '_'))));
  });
});
