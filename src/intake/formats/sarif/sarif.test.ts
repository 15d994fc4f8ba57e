import { expect, it } from 'vitest';
import { outlineItems } from '../../../../test/support/outline-items.ts';
import { SARIF } from './sarif.ts';

const CVE = 'CVE-2024-1111';
const read = (result: object) =>
  outlineItems(
    SARIF.read(
      {
        version: '2.1.0',
        runs: [
          {
            tool: {
              driver: { name: 'Scan', rules: [{ id: 'other' }, { id: CVE }] },
              extensions: [{ rules: [{ id: 'CVE-2024-2222' }] }],
            },
            results: [{ message: { text: 'found' }, ...result }],
          },
        ],
      },
      { offset: 0 },
    ),
  );
const OPEN = `${CVE} | - | /runs/0/results/0`;

it.each(['pass', 'notApplicable', 'informational'])('a result of the kind %s is none', (kind) => {
  expect(read({ ruleId: CVE, kind })).toEqual([]);
});

it.each(['fail', 'open', 'review', undefined])('a result of the kind %s is open', (kind) => {
  expect(read({ ruleId: CVE, kind })).toEqual([OPEN]);
});

it.each([
  [[{ kind: 'external', justification: 'not shipped' }], 'not_affected: -, The result is suppressed: not shipped'],
  [[{ kind: 'inSource', status: 'accepted' }], 'not_affected: -, The result is suppressed.'],
])('what is suppressed says so: %j', (suppressions, said) => {
  expect(read({ ruleId: CVE, suppressions })).toEqual([`${OPEN} | ${said}`]);
});

it.each([[[]], [[{ status: 'underReview' }]], [[{ status: 'accepted' }, { status: 'rejected' }]]])(
  'what is not suppressed is open: %j',
  (suppressions) => {
    expect(read({ ruleId: CVE, suppressions })).toEqual([OPEN]);
  },
);

it('what is absent from the baseline is gone', () => {
  expect(read({ ruleId: CVE, baselineState: 'absent' })).toEqual([
    `${OPEN} | fixed: -, The result's baselineState is "absent".`,
  ]);
  expect(read({ ruleId: CVE, baselineState: 'unchanged' })).toEqual([OPEN]);
});

it.each([
  [{ ruleIndex: 1 }, OPEN],
  [{ rule: { index: 1 } }, OPEN],
  [{ rule: { index: 0, toolComponent: { index: 0 } } }, 'CVE-2024-2222 | - | /runs/0/results/0'],
])('a rule is found by its place: %j', (result, expected) => {
  expect(read(result)).toEqual([expected]);
});
