import { describe, expect, it } from 'vitest';
import { parseCvssVector } from '../../domain/cvss/cvss-vector.ts';
import { readPartialAs, viewMetrics } from '../cvss/metrics-view.ts';
import { scoreImpact } from './impact.ts';

function impactOf(vector: string, over: { technicalImpact?: 'partial' | 'total'; criticality?: number } = {}): number {
  const parsed = parseCvssVector(vector);
  if (!parsed.ok) throw new Error(parsed.error);
  const { anySystem, scopeChanged } = viewMetrics(parsed.value);
  const view = { anySystem: readPartialAs('high', anySystem), scopeChanged };
  return scoreImpact({ view, technicalImpact: 'partial', criticality: 5, ...over });
}

const v31 = (impacts: string, scope = 'U') => {
  const [c, i, a] = impacts;
  return `CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:${scope}/C:${c}/I:${i}/A:${a}`;
};

describe('impact', () => {
  // All combinations of C, I and A, by how many are high and low: order makes no difference.
  it.each([
    ['NNN', 1],
    ['LNN', 2],
    ['LLN', 2],
    ['LLL', 2],
    ['HNN', 3],
    ['HLN', 3],
    ['HLL', 3],
    ['HHN', 4],
    ['HHL', 4],
    ['HHH', 5],
  ])('of %s is %i in any order', (impacts, expected) => {
    for (const order of [
      [0, 1, 2],
      [0, 2, 1],
      [1, 0, 2],
      [1, 2, 0],
      [2, 0, 1],
      [2, 1, 0],
    ]) {
      expect(impactOf(v31(order.map((at) => impacts[at]).join('')))).toBe(expected);
    }
  });

  it('is one higher where other systems are reached, and never for no impact at all', () => {
    expect([impactOf(v31('LNN', 'C')), impactOf(v31('HHN', 'C')), impactOf(v31('NNN', 'C'))]).toEqual([3, 5, 1]);
  });

  it('counts what v4.0 says of subsequent systems', () => {
    const only = 'CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:N/VI:N/VA:N/SC:H/SI:H/SA:H';
    expect(impactOf(only)).toBe(5);
    expect(impactOf(only.replace('SC:H/SI:H/SA:H', 'SC:L/SI:L/SA:N'))).toBe(3);
  });

  it('is at least 4 where control is total, and one lower on an asset of little importance', () => {
    expect(impactOf(v31('LNN'), { technicalImpact: 'total' })).toBe(4);
    expect([1, 2, 3].map((criticality) => impactOf(v31('HHH'), { criticality }))).toEqual([4, 4, 5]);
  });
});
