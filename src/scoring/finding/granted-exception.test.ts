import { expect, it } from 'vitest';
import type { GrantedException } from '../../domain/finding/sighting.ts';
import type { KevEntry } from '../../domain/kev/kev-entry.ts';
import type { Lookup } from '../../domain/source/lookup.ts';
import { UNDECIDED } from './decided.ts';
import { applyException } from './granted-exception.ts';

const NOW = new Date('2026-06-15T00:00:00Z');
const GRANTED: GrantedException = {
  system: 'ServiceNow',
  number: 'CA1',
  requester: 'beth',
  reason: 'isolated',
  at: '2026-06-01T00:00:00.000Z',
  until: '2026-12-31T23:59:59.000Z',
};
const kev = (kind: Lookup<KevEntry>['kind']) => ({ kind }) as Lookup<KevEntry>;

it.each([
  ['holds until its last day', GRANTED, 'absent', 'active', /until 2026-12-31, says ServiceNow/],
  ['is past', { ...GRANTED, until: '2026-06-14T23:59:59.000Z' }, 'absent', 'expired', /no longer in force/],
  ['is to be reviewed where CISA lists it', GRANTED, 'found', 'to_review', /CISA lists it/],
  ['is to be reviewed where that is not known', GRANTED, 'unavailable', 'to_review', /not known/],
] as const)('%s', (_what, exception, listed, state, effect) => {
  const { acceptance, factors, vex } = applyException(exception, kev(listed), NOW);
  expect(acceptance).toEqual({
    owner: 'beth',
    reason: 'isolated',
    approver: 'ServiceNow CA1',
    acceptedAt: GRANTED.at,
    expiresAt: exception.until,
    state,
  });
  expect([vex, factors]).toEqual([
    null,
    [
      expect.objectContaining({
        name: 'exception',
        value: 'accepted elsewhere',
        effect: expect.stringMatching(effect),
      }),
    ],
  ]);
});

it('is shown and does nothing without a last day', () => {
  const { acceptance, factors } = applyException({ ...GRANTED, until: null }, kev('absent'), NOW);
  expect([acceptance, factors[0]?.effect]).toEqual([null, expect.stringMatching(/changes nothing/)]);
});

it('is not there', () => {
  expect(applyException(undefined, kev('absent'), NOW)).toBe(UNDECIDED);
});
