import { describe, expect, it } from 'vitest';
import { chooseDecision, type Decision, type DecisionSubject, stateOf } from './decision.ts';

const decision = (over: Partial<Decision> = {}): Decision => ({
  id: 'D1',
  kind: 'accepted',
  vulnerabilityId: 'CVE-2024-1000',
  assetId: null,
  component: null,
  owner: 'ann',
  reason: 'r',
  approver: 'bob',
  justification: null,
  decidedAt: '2026-01-10T00:00:00Z',
  enteredBy: 'x@y',
  expiresAt: '2026-06-01T00:00:00Z',
  withdrawnAt: null,
  ...over,
});
const SUBJECT: DecisionSubject = {
  vulnerabilityId: 'CVE-2024-1000',
  aliases: ['GHSA-x'],
  assetId: 'web',
  components: ['pkg:npm/a@1', 'a'],
};

it.each<[string, Partial<Decision>, string, string | null]>([
  ['active', {}, '2026-05-31T23:59:59Z', null],
  ['expired', {}, '2026-06-01T00:00:00Z', null],
  ['active', { expiresAt: null }, '2030-01-01T00:00:00Z', null],
  ['to_review', {}, '2026-02-01T00:00:00Z', '2026-01-11'],
  ['to_review', {}, '2026-02-01T00:00:00Z', '2026-01-10'],
  ['active', {}, '2026-02-01T00:00:00Z', '2026-01-09'],
  ['expired', {}, '2026-07-01T00:00:00Z', '2026-01-11'],
  ['withdrawn', { withdrawnAt: '2026-01-11T00:00:00Z' }, '2026-02-01T00:00:00Z', null],
])('is %s with %j at %s', (state, over, now, listedSince) => {
  expect(stateOf(decision(over), new Date(now), listedSince)).toBe(state);
});

describe('the decision about a subject', () => {
  it.each<[string, Partial<Decision>, boolean]>([
    ['its id', {}, true],
    ['an alias', { vulnerabilityId: 'GHSA-x' }, true],
    ['another id', { vulnerabilityId: 'CVE-2024-1001' }, false],
    ['its asset', { assetId: 'web' }, true],
    ['another asset', { assetId: 'db' }, false],
    ['its component by name', { component: 'a' }, true],
    ['another component', { component: 'b' }, false],
    ['nothing, once withdrawn', { withdrawnAt: '2026-01-11T00:00:00Z' }, false],
  ])('names %s', (_, over, isAbout) => {
    expect(chooseDecision([decision(over)], SUBJECT) !== null).toBe(isAbout);
  });

  it('is the one that names most, then the latest', () => {
    const all = [
      decision({ id: 'everywhere', decidedAt: '2026-03-01T00:00:00Z' }),
      decision({ id: 'here', assetId: 'web' }),
      decision({ id: 'later', assetId: 'web', decidedAt: '2026-02-01T00:00:00Z' }),
    ];
    expect(chooseDecision(all, SUBJECT)?.id).toBe('later');
    expect(chooseDecision(all.slice(0, 1), { ...SUBJECT, assetId: null })?.id).toBe('everywhere');
  });
});
