import { describe, expect, it } from 'vitest';
import { diffAssessments, type FindingState } from './diff.ts';

const state = (vulnerabilityId: string, over: Partial<FindingState> = {}): FindingState => ({
  vulnerabilityId,
  asset: null,
  status: 'assessed',
  level: 'High',
  priority: 50,
  timeline: '14_days',
  dueDate: '2026-01-15',
  deployer: 'out_of_cycle',
  exploitation: 'none',
  kev: 'not_listed',
  ransomware: null,
  cvss: '9.8 CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H',
  exposure: null,
  criticality: null,
  vex: null,
  acceptance: null,
  epss: 0.5,
  ...over,
});
const mapOf = (...states: FindingState[]) => new Map(states.map((one) => [one.vulnerabilityId, one]));

describe('two assessments', () => {
  it('that are equal differ in nothing', () => {
    const one = mapOf(state('CVE-2024-1000'));
    expect(diffAssessments(one, one)).toEqual({ added: [], removed: [], changed: [], unchanged: 1 });
  });

  it('tell what came, went and moved, the most urgent first', () => {
    const before = mapOf(state('CVE-2024-1000'), state('CVE-2024-1001'), state('CVE-2024-1002'));
    const after = mapOf(
      state('CVE-2024-1001', { epss: 0.505 }),
      state('CVE-2024-1002', { kev: 'listed', level: 'Critical', priority: 90, ransomware: 'Known' }),
      state('CVE-2024-1003', { epss: null }),
      state('CVE-2024-1004', { priority: 99 }),
    );
    const diff = diffAssessments(before, after);
    expect(diff.added.map(({ vulnerabilityId }) => vulnerabilityId)).toEqual(['CVE-2024-1004', 'CVE-2024-1003']);
    expect(diff.removed.map(({ vulnerabilityId }) => vulnerabilityId)).toEqual(['CVE-2024-1000']);
    expect(diff.changed).toEqual([
      {
        vulnerabilityId: 'CVE-2024-1002',
        asset: null,
        changes: [
          { field: 'level', from: 'High', to: 'Critical' },
          { field: 'kev', from: 'not_listed', to: 'listed' },
          { field: 'ransomware', from: null, to: 'Known' },
        ],
      },
    ]);
    expect(diff.unchanged).toBe(1);
  });

  it('keep "not known" apart from 0', () => {
    const diff = diffAssessments(mapOf(state('CVE-1', { epss: null })), mapOf(state('CVE-1', { epss: 0 })));
    expect(diff.changed[0]?.changes).toEqual([{ field: 'epss', from: null, to: 0 }]);
  });
});
