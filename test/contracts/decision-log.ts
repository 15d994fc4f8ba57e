import { expect, it } from 'vitest';
import type { Decision } from '../../src/domain/decision/decision.ts';
import { type OpenTruth, withTruth } from './truth-store.ts';

const decision = (id: string, over: Partial<Decision> = {}): Decision => ({
  id,
  kind: 'accepted',
  vulnerabilityId: 'CVE-2024-1000',
  assetId: 'web',
  component: null,
  owner: 'ann',
  reason: 'nul \0 "quoted"',
  approver: 'bob',
  justification: null,
  decidedAt: `2026-01-0${id.slice(-1)}T00:00:00.000Z`,
  enteredBy: 'x@y',
  expiresAt: '2026-06-01T00:00:00.000Z',
  withdrawnAt: null,
  ...over,
});

/** What every log of decisions keeps to. */
export function decisionLogContract(open: OpenTruth): void {
  it('lists the latest first, and finds what is about ids and in force', () =>
    withTruth(open, async ({ store: { decisions }, reopen }) => {
      const [first, second, other] = [decision('D1'), decision('D2'), decision('D3', { vulnerabilityId: 'GHSA-x' })];
      for (const one of [second, first, other]) await decisions.add(one);
      expect(await decisions.list()).toEqual([other, second, first]);
      expect(await decisions.about(['CVE-2024-1000', 'CVE-2024-2000'])).toEqual([first, second]);
      const at = '2026-02-01T00:00:00.000Z';
      expect(await decisions.withdraw('D1', at)).toBe(true);
      expect([await decisions.withdraw('D1', at), await decisions.withdraw('nothing', at)]).toEqual([false, false]);
      const again = (await reopen()).decisions;
      expect(await again.about(['CVE-2024-1000'])).toEqual([second]);
      expect((await again.list()).at(-1)).toEqual({ ...first, withdrawnAt: at });
    }));
}
