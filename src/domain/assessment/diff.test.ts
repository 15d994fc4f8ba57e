import { describe, expect, it } from 'vitest';
import { byDirection, causesOf, diffAssessments } from './diff.ts';
import type { FindingState } from './finding-state.ts';

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
  automatable: 'no',
  technicalImpact: 'partial',
  humanImpact: null,
  missionImpact: null,
  controls: null,
  ale: null,
  lossOfAnEvent: null,
  unread: null,
  epss: 0.5,
  sources: { kev: 'CISA KEV, 2026-01-02', ransomware: 'CISA KEV, 2026-01-02', epss: 'FIRST EPSS, 2026-01-01' },
  ...over,
});
const mapOf = (...states: FindingState[]) => new Map(states.map((one) => [one.vulnerabilityId, one]));

describe('two assessments', () => {
  it('that are equal differ in nothing', () => {
    const one = mapOf(state('CVE-2024-1000'));
    expect(diffAssessments(one, one)).toEqual({ added: [], removed: [], changed: [], unchanged: 1 });
  });

  it('name the small forecast that moved the expected loss, and none that moved nothing', () => {
    const [one, two] = [state('CVE-2024-1000', { epss: 0.00054, ale: 8.3 }), state('CVE-2024-1001', { epss: 0.001 })];
    const after = mapOf(state('CVE-2024-1000', { epss: 0.00539, ale: 82.8 }), state('CVE-2024-1001', { epss: 0.009 }));
    const { changed, unchanged } = diffAssessments(mapOf(one, two), after);
    expect(changed.map((each) => [each.vulnerabilityId, each.changes.map(({ field }) => field)])).toEqual([
      ['CVE-2024-1000', ['ale', 'epss']],
    ]);
    expect([changed.flatMap(causesOf), unchanged]).toEqual([['FIRST EPSS, 2026-01-01'], 1]);
  });

  it('put what moved a level before what moved money, whatever its priority', () => {
    const before = mapOf(state('CVE-2024-1000', { ale: 10 }), state('CVE-2024-1001', { level: 'Low' }));
    const after = mapOf(
      state('CVE-2024-1000', { ale: 1000, priority: 99 }),
      state('CVE-2024-1001', { level: 'High', priority: 1 }),
    );
    const { worse } = byDirection(diffAssessments(before, after));
    expect(worse.map(({ vulnerabilityId }) => vulnerabilityId)).toEqual(['CVE-2024-1001', 'CVE-2024-1000']);
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
        direction: 'worse',
        ground: 0,
        changes: [
          { field: 'level', from: 'High', to: 'Critical', source: null },
          { field: 'kev', from: 'not_listed', to: 'listed', source: 'CISA KEV, 2026-01-02' },
          { field: 'ransomware', from: null, to: 'Known', source: 'CISA KEV, 2026-01-02' },
        ],
      },
    ]);
    expect(diff.unchanged).toBe(1);
  });

  it('keep "not known" apart from 0', () => {
    const diff = diffAssessments(mapOf(state('CVE-1', { epss: null })), mapOf(state('CVE-1', { epss: 0 })));
    expect(diff.changed[0]?.changes).toEqual([{ field: 'epss', from: null, to: 0, source: 'FIRST EPSS, 2026-01-01' }]);
  });

  it.each([
    ['a level that rises', {}, { level: 'Critical' }, 'worse'],
    ['a level that falls, whatever the timeline does', {}, { level: 'Low', timeline: '3_days' }, 'better'],
    ['a shorter timeline', {}, { timeline: '3_days' }, 'worse'],
    ['a milder SSVC decision', {}, { deployer: 'scheduled' }, 'better'],
    ['an earlier due date', {}, { dueDate: '2026-01-10' }, 'worse'],
    ['a later due date', {}, { dueDate: '2026-01-20' }, 'better'],
    ['a VEX statement that leaves nothing to judge', {}, { level: null, vex: 'not_affected' }, 'better'],
    ['an acceptance that has expired', { acceptance: 'active' }, { acceptance: 'expired' }, 'worse'],
    ['a new acceptance, which mends nothing', { acceptance: null }, { acceptance: 'active' }, 'same'],
    ['a new entry of CISA', { kev: 'not_listed' }, { kev: 'listed' }, 'worse'],
    ['a campaign that is heard of', { ransomware: 'Unknown' }, { ransomware: 'Known' }, 'worse'],
    ['an expected loss that falls by more than a tenth', { ale: 1000 }, { ale: 890 }, 'better'],
    ['a loss that becomes known', { ale: null }, { ale: 10 }, 'worse'],
    ['a forecast that moves and decides nothing', {}, { epss: 0.9 }, 'same'],
  ] as const)('%s', (_, before, after, direction) => {
    const { changed } = diffAssessments(mapOf(state('CVE-1', before)), mapOf(state('CVE-1', after)));
    expect(changed.map((one) => one.direction)).toEqual([direction]);
  });

  it('are the same where an expected loss moves by a tenth', () => {
    expect(diffAssessments(mapOf(state('CVE-1', { ale: 1000 })), mapOf(state('CVE-1', { ale: 900 }))).unchanged).toBe(
      1,
    );
  });

  it('name each source of a change once, and nobody for what follows from it', () => {
    const later = { kev: 'listed', ransomware: 'Known', level: 'Critical' };
    const { changed } = diffAssessments(mapOf(state('CVE-1')), mapOf(state('CVE-1', later)));
    expect(changed.map(causesOf)).toEqual([['CISA KEV, 2026-01-02']]);
  });

  it('name who said it before, where nobody says it any more', () => {
    const before = state('CVE-1', { vex: 'not_affected', sources: { vex: 'Example vendor' } });
    const { changed } = diffAssessments(mapOf(before), mapOf(state('CVE-1', { sources: {} })));
    expect(changed.map(causesOf)).toEqual([['Example vendor']]);
  });
});
