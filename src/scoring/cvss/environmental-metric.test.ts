import { expect, it } from 'vitest';
import type { SecurityRequirements } from '../../domain/asset/control.ts';
import { environmentalMetric } from './environmental-metric.ts';

const needs = (over: Partial<SecurityRequirements>): SecurityRequirements => ({
  confidentiality: null,
  integrity: null,
  availability: null,
  ...over,
});

// By hand, from the formulas of v3.1 (section 7.3): modified impact 6.42 × min(1 − Π(1 − requirement × impact), 0.915), exploitability 3.887.
it.each([
  ['CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:L/I:N/A:N', { confidentiality: 'high' }, 6.1],
  ['CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:L/I:N/A:N', { confidentiality: 'low' }, 4.6],
  [
    'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H',
    { confidentiality: 'low', integrity: 'low', availability: 'low' },
    8.0,
  ],
  ['CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:L/I:N/A:N', { integrity: 'high' }, 5.3],
] as const)('%s on an asset with %j scores %s', (vector, requirements, score) => {
  expect(environmentalMetric({ vector }, needs(requirements))?.score).toBe(score);
});

it('keeps the order of v4.0, and completes the group of v2.0', () => {
  const four = 'CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:N/VA:N/SC:N/SI:N/SA:N';
  expect(environmentalMetric({ vector: four }, needs({ confidentiality: 'low' }))?.vector).toBe(`${four}/CR:L`);
  const two = 'AV:N/AC:L/Au:N/C:P/I:P/A:P';
  expect(environmentalMetric({ vector: two }, needs({ availability: 'high' }))?.vector).toBe(
    `${two}/CDP:ND/TD:ND/CR:ND/IR:ND/AR:H`,
  );
});

it('is none where nothing is required, or the vector is not valid', () => {
  expect(environmentalMetric({ vector: 'AV:N/AC:L/Au:N/C:P/I:P/A:P' }, needs({}))).toBeNull();
  expect(environmentalMetric({ vector: 'CVSS:3.1/AV:Q' }, needs({ integrity: 'low' }))).toBeNull();
});
