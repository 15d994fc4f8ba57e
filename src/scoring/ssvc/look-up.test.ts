import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type DecisionTable, lookUp } from './decision-table.ts';
import { decideBod2604, decideCoordinator, decideDeployer } from './look-up.ts';
import { CISA_BOD_26_04 } from './tables/cisa-bod-26-04.ts';
import { CISA_COORDINATOR } from './tables/cisa-coordinator.ts';
import { DEPLOYER } from './tables/deployer.ts';

const TABLES: readonly (readonly [DecisionTable<string>, number])[] = [
  [CISA_BOD_26_04, 16],
  [CISA_COORDINATOR, 36],
  [DEPLOYER, 72],
];

function rowOf(table: DecisionTable<string>, inputs: readonly string[]) {
  const row = table.rows.find((row) => row.inputs.every((value, index) => value === inputs[index]));
  if (row === undefined) throw new Error(`${table.title} lacks ${inputs.join(', ')}`);
  return row;
}

function combinationsOf(possible: readonly (readonly string[])[]): readonly (readonly string[])[] {
  return possible.reduce<readonly (readonly string[])[]>(
    (heads, values) => heads.flatMap((head) => values.map((value) => [...head, value])),
    [[]],
  );
}

describe.each(TABLES)('the table $title', (table, count) => {
  const allInputs = combinationsOf(table.columns.map(({ values }) => values));
  const severity = (outcome: string) => table.outcomes.indexOf(outcome);

  it('has one row for each combination, numbered in order', () => {
    expect(table.rows).toHaveLength(count);
    expect(allInputs).toHaveLength(count);
    expect(table.rows.map(({ row }) => row)).toEqual(table.rows.map((_, index) => index));
    for (const inputs of allInputs) expect(table.outcomes).toContain(rowOf(table, inputs).outcome);
  });

  it('is monotone: no worse input ever gives a milder outcome', () => {
    for (const inputs of allInputs) {
      for (const [index, { values }] of table.columns.entries()) {
        const worse = values[values.indexOf(inputs[index] ?? '') + 1];
        if (worse === undefined) continue;
        const raised = rowOf(table, inputs.with(index, worse)).outcome;
        expect(severity(raised)).toBeGreaterThanOrEqual(severity(rowOf(table, inputs).outcome));
      }
    }
  });

  it('answers known inputs with their own row', () => {
    for (const inputs of allInputs) {
      const { row, outcome } = rowOf(table, inputs);
      expect(
        lookUp(
          table,
          inputs.map((value) => [value]),
        ),
      ).toEqual({ row, outcome, unknowns: [] });
    }
  });

  it('answers sets of possible inputs with the worst row, and each unknown with the worst row of either end', () => {
    const possible = fc.tuple(...table.columns.map(({ values }) => fc.shuffledSubarray([...values], { minLength: 1 })));
    const worstOf = (sets: readonly (readonly string[])[]) =>
      table.outcomes[Math.max(...combinationsOf(sets).map((inputs) => severity(rowOf(table, inputs).outcome)))];
    fc.assert(
      fc.property(possible, (sets) => {
        const decision = lookUp(table, sets);
        expect(decision.outcome).toBe(worstOf(sets));
        expect(table.rows[decision.row]?.outcome).toBe(decision.outcome);
        const unknowns = table.columns.flatMap(({ name, values }, index) => {
          const open = values.filter((value) => sets[index]?.includes(value));
          if (open.length < 2) return [];
          const outcomeAt = (value: string | undefined) => worstOf(sets.with(index, [value ?? '']));
          return [{ name, ifWorse: outcomeAt(open.at(-1)), ifBetter: outcomeAt(open[0]) }];
        });
        expect(decision.unknowns).toEqual(unknowns);
      }),
    );
  });

  it('takes an empty set for every value', () => {
    const nothing = table.columns.map(() => []);
    expect(lookUp(table, nothing)).toEqual(
      lookUp(
        table,
        table.columns.map(({ values }) => values),
      ),
    );
  });
});

describe('SSVC decisions', () => {
  it('give row 15 of BOD 26-04 for a KEV-listed CVE of which nothing else is known', () => {
    const anything = { publiclyExposed: [], automatable: [], technicalImpact: [] };
    expect(decideBod2604({ inKev: ['yes'], ...anything })).toEqual({
      outcome: '3_days_forensics',
      row: 15,
      unknowns: [
        { name: 'exposure', ifWorse: '3_days_forensics', ifBetter: '3_days_forensics' },
        { name: 'automatable', ifWorse: '3_days_forensics', ifBetter: '3_days_forensics' },
        { name: 'technicalImpact', ifWorse: '3_days_forensics', ifBetter: '3_days' },
      ],
    });
  });

  it('name what an unknown exposure and listing would change', () => {
    const decision = decideBod2604({
      inKev: ['no', 'yes'],
      publiclyExposed: ['yes', 'no'],
      automatable: ['no'],
      technicalImpact: ['total'],
    });
    expect(decision).toEqual({
      outcome: '3_days_forensics',
      row: 12,
      unknowns: [
        { name: 'kev', ifWorse: '3_days_forensics', ifBetter: '14_days' },
        { name: 'exposure', ifWorse: '3_days_forensics', ifBetter: '14_days' },
      ],
    });
  });

  it('of the deployer take inputs by name', () => {
    const known = { exploitation: ['active'], exposure: ['open'], automatable: ['no'] } as const;
    expect(decideDeployer({ ...known, humanImpact: ['very_high'] })).toMatchObject({ outcome: 'immediate', row: 67 });
    expect(decideDeployer({ ...known, humanImpact: [] })).toEqual({
      outcome: 'immediate',
      row: 67,
      unknowns: [{ name: 'humanImpact', ifWorse: 'immediate', ifBetter: 'scheduled' }],
    });
  });

  it('of the coordinator take inputs by name', () => {
    const known = { exploitation: ['public_poc'], automatable: ['yes'], technicalImpact: ['total'] } as const;
    expect(decideCoordinator({ ...known, missionImpact: ['medium'] })).toMatchObject({
      outcome: 'track_star',
      row: 22,
    });
    expect(decideCoordinator({ ...known, missionImpact: ['low', 'medium', 'high'] })).toEqual({
      outcome: 'attend',
      row: 23,
      unknowns: [{ name: 'missionImpact', ifWorse: 'attend', ifBetter: 'track' }],
    });
  });
});

describe('a table that is not monotone', () => {
  const table: DecisionTable<'mild' | 'bad'> = {
    title: 'odd',
    version: '1',
    columns: [{ name: 'automatable', values: ['no', 'yes'] }],
    outcomes: ['mild', 'bad'],
    rows: [
      { row: 0, inputs: ['no'], outcome: 'bad' },
      { row: 1, inputs: ['yes'], outcome: 'mild' },
    ],
  };

  it('is still searched for its worst outcome', () => {
    expect(lookUp(table, [['no', 'yes']])).toEqual({
      outcome: 'bad',
      row: 0,
      unknowns: [{ name: 'automatable', ifWorse: 'mild', ifBetter: 'bad' }],
    });
  });
});
