import { expect, it } from 'vitest';
import { compareVectors } from '../../domain/cvss/compare-vectors.ts';
import { parseCvssVector } from '../../domain/cvss/cvss-vector.ts';
import { scoreCvss } from './score-cvss.ts';

/** All vectors of these metrics. */
function allOf(header: string, metrics: Readonly<Record<string, string>>): string[] {
  return Object.entries(metrics)
    .reduce<string[][]>(
      (all, [name, values]) => all.flatMap((parts) => [...values].map((value) => [...parts, `${name}:${value}`])),
      [[]],
    )
    .map((parts) => header + parts.join('/'));
}

function scoreOf(text: string): number {
  const vector = parseCvssVector(text);
  if (!vector.ok) throw new Error(vector.error);
  return scoreCvss(vector.value).baseScore;
}

it.each([
  ['2.0', allOf('', { AV: 'LAN', AC: 'HML', Au: 'MSN', C: 'NPC', I: 'NPC', A: 'NPC' }), 0.1],
  [
    '3.1',
    allOf('CVSS:3.1/', { AV: 'NALP', AC: 'LH', PR: 'NLH', UI: 'NR', S: 'UC', C: 'HLN', I: 'HLN', A: 'HLN' }),
    0.1,
  ],
])('vectors of %s stand in the order of their scores', (_, vectors, rounding) => {
  const scores = vectors.toSorted(compareVectors).map(scoreOf);
  let lowest = 10;
  for (const score of scores) {
    expect(score).toBeLessThanOrEqual(lowest + rounding + 1e-9);
    lowest = Math.min(lowest, score);
  }
  expect(scores[0]).toBe(10);
});

it('of v4.0 a worse metric makes a vector worse', () => {
  const base = 'CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N';
  for (const lesser of ['AV:A', 'AC:H', 'AT:P', 'PR:L', 'UI:P', 'UI:A', 'VC:L', 'VI:N']) {
    const [name] = lesser.split(':');
    expect(compareVectors(base, base.replace(new RegExp(`/${name}:.`), `/${lesser}`))).toBeLessThan(0);
  }
  expect(compareVectors(base, base.replace('SC:N', 'SC:H'))).toBeGreaterThan(0);
});
