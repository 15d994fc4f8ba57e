import { expect, it } from 'vitest';
import { GENESIS_HASH } from '../../src/domain/audit/audit-entry.ts';
import { type OpenTruth, withTruth } from './truth-store.ts';

/** What every audit log keeps to. */
export function auditLogContract(open: OpenTruth): void {
  it('is an unbroken chain, whatever is said in it', () =>
    withTruth(open, async ({ store: { audit } }) => {
      expect(await audit.verify()).toEqual({
        entries: 0,
        firstAt: null,
        lastAt: null,
        headHash: GENESIS_HASH,
        isWitnessed: false,
        broken: null,
      });
      const first = await audit.append({
        action: 'ticket.create.done',
        target: 'one',
        detail: { b: 1, a: '\0\ud800' },
      });
      expect(first).toMatchObject({ sequence: 1, previousHash: GENESIS_HASH, detail: '{"a":"\\u0000\\ud800","b":1}' });
      const second = await audit.append({ action: 'nul \0', target: 'half \ud800 pair 😀', detail: undefined });
      expect(second).toMatchObject({ sequence: 2, previousHash: first.hash, detail: 'null' });
      expect(await audit.verify()).toMatchObject({ entries: 2, headHash: second.hash, broken: null });
    }));

  it('is one chain where several add to it at once', () =>
    withTruth(open, async ({ store, reopen }) => {
      const logs = [store.audit, (await reopen()).audit];
      const adding = Array.from({ length: 30 }, (_, index) =>
        logs[index % logs.length]?.append({ action: 'test', target: String(index), detail: index }),
      );
      await Promise.all(adding);
      expect(await store.audit.verify()).toMatchObject({ entries: 30, broken: null });
    }));
}
