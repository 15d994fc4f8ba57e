import { expect, it } from 'vitest';
import { NO_TOKENS } from '../../src/domain/language-model/token-usage.ts';
import { type BookedCall, type CostLedger, LATE_CALLS } from '../../src/ports/cost-ledger.ts';
import { type OpenTruth, withTruth } from './truth-store.ts';

const call = (over: Partial<BookedCall> = {}): BookedCall => ({
  assessmentId: 'A',
  agent: 'threat',
  provider: 'anthropic',
  model: 'claude-haiku-5-5',
  promptVersion: '1',
  pricesAsOf: '2026-10-01',
  isBatch: false,
  isCacheAsked: true,
  promptHash: 'p',
  mostUsd: 0.5,
  sentAt: '2026-01-02T03:04:05.000Z',
  ...over,
});
const end = {
  outcome: 'answered',
  usage: NO_TOKENS,
  costUsd: 0.1,
  endedAt: '2026-01-02T03:04:06Z',
  reply: null,
} as const;

/** What every ledger of the language model keeps to. */
export function costLedgerContract(open: OpenTruth): void {
  const test = (title: string, work: (ledger: CostLedger) => Promise<void>) =>
    it(title, () => withTruth(open, ({ store }) => work(store.ledger)));

  test('adds up what calls cost, by each group, in the order of its keys', async (ledger) => {
    const usage = { input: 1, cacheWrite5m: 2, cacheWrite1h: 3, cacheRead: 4, output: 3_000_000_000 };
    const ids = [await ledger.book(call()), await ledger.book(call({ model: 'B', sentAt: '2026-01-03T00:00:00Z' }))];
    expect(new Set(ids).size).toBe(2);
    for (const id of ids) await ledger.close(id, { ...end, usage });
    await ledger.book(call({ assessmentId: 'b', mostUsd: 0.25 }));
    expect(await ledger.sumUp('assessment')).toEqual([
      {
        key: 'A',
        calls: 2,
        usage: { input: 2, cacheWrite5m: 4, cacheWrite1h: 6, cacheRead: 8, output: 6_000_000_000 },
        costUsd: 0.2,
        refusals: 0,
        unfinished: { calls: 0, mostUsd: 0 },
      },
      { key: 'b', calls: 1, usage: NO_TOKENS, costUsd: 0, refusals: 0, unfinished: { calls: 1, mostUsd: 0.25 } },
    ]);
    expect((await ledger.sumUp('model')).map(({ key }) => key)).toEqual(['B', 'claude-haiku-5-5']);
    expect((await ledger.sumUp('day')).map(({ key }) => key)).toEqual(['2026-01-02', '2026-01-03']);
    expect(await ledger.sumUp('agent', { assessmentId: 'nobody' })).toEqual([]);
    expect(await ledger.sumUp('agent', { assessmentId: 'b' })).toMatchObject([{ key: 'threat', calls: 1 }]);
  });

  test('says null and not nought where a price is not known', async (ledger) => {
    const id = await ledger.book(call());
    await ledger.close(id, { ...end, costUsd: null, outcome: 'refused' });
    await ledger.book(call({ mostUsd: null }));
    expect(await ledger.sumUp('agent')).toMatchObject([
      { costUsd: null, refusals: 1, unfinished: { calls: 1, mostUsd: null } },
    ]);
  });

  test('books under a cap, whoever books at the same time', async (ledger) => {
    const before = '2026-01-02T03:00:00.000Z';
    const all = await Promise.all(
      Array.from({ length: 8 }, () => ledger.bookWithin(call({ mostUsd: 0.3 }), 1, before)),
    );
    const ids = all.filter((one) => typeof one === 'number');
    expect([ids.length, all.filter((one) => one === 'later').length]).toEqual([3, 5]);
    // A call that was sent so long ago was killed: nobody waits for it.
    expect(await ledger.bookWithin(call({ mostUsd: 0.3 }), 1, call().sentAt)).toBe('never');
    await ledger.close(Number(ids[0]), end);
    expect(await ledger.bookWithin(call({ mostUsd: 0.3 }), 1, before)).toEqual(expect.any(Number));
    expect(await ledger.bookWithin(call({ assessmentId: 'B', mostUsd: 1.1 }), 1, before)).toBe('never');
    expect(await ledger.bookWithin(call({ assessmentId: 'B', mostUsd: null }), 1, before)).toBe('never');
    expect(await ledger.bookWithin(call({ assessmentId: 'B', mostUsd: 1 }), 1, before)).toEqual(expect.any(Number));
  });

  test('gives a paid answer back, the last one, until it is forgotten', async (ledger) => {
    const text = 'nul \0, half \ud800';
    for (const reply of [
      { text: 'old', stop: 'end' },
      { text, stop: 'end' },
    ] as never[]) {
      await ledger.close(await ledger.book(call()), { ...end, reply });
    }
    expect(await ledger.findPaid('A', 'p')).toEqual({ kind: 'answered', reply: { text, stop: 'end' } });
    expect(await ledger.findPaid('A', 'other')).toBeNull();
    expect(await ledger.findPaid('other', 'p')).toBeNull();
    await ledger.forgetReplies('A');
    expect(await ledger.findPaid('A', 'p')).toBeNull();
    expect(await ledger.sumUp('agent')).toMatchObject([{ calls: 2, costUsd: 0.2 }]);
  });

  test('finds a call again by its name while nobody has its answer', async (ledger) => {
    const [unnamed, first, second] = [await ledger.book(call()), await ledger.book(call()), await ledger.book(call())];
    expect(await ledger.findPaid('A', 'p')).toBeNull();
    await ledger.name(first, 'batch-1/call-0');
    expect(await ledger.findPaid('A', 'p')).toEqual({ kind: 'sent', id: first, name: 'batch-1/call-0' });
    await ledger.close(first, { ...end, outcome: 'lost', costUsd: null, reply: null });
    expect(await ledger.findPaid('A', 'p')).toMatchObject({ kind: 'sent', id: first });
    await ledger.close(first, { ...end, outcome: 'failed', costUsd: 0, reply: null });
    expect(await ledger.findPaid('A', 'p')).toBeNull();
    await ledger.name(second, 'batch-2/call-0');
    const reply = { text: '{}', stop: 'end' } as const;
    await ledger.close(unnamed, { ...end, reply });
    expect(await ledger.findPaid('A', 'p')).toEqual({ kind: 'answered', reply });
  });

  test('counts the calls whose prompt was kept', async (ledger) => {
    expect(await ledger.promptCacheUse()).toEqual({ asked: 0, effective: 0, readTokens: 0 });
    await ledger.close(await ledger.book(call()), { ...end, usage: { ...NO_TOKENS, cacheRead: 1 } });
    await ledger.close(await ledger.book(call()), end);
    await ledger.close(await ledger.book(call({ isCacheAsked: false })), end);
    await ledger.book(call());
    expect(await ledger.promptCacheUse()).toEqual({ asked: 2, effective: 1, readTokens: 1 });
    // Only the latest count: what a provider did long ago says nothing of today.
    for (let late = 0; late < LATE_CALLS; late += 1) await ledger.close(await ledger.book(call()), end);
    expect(await ledger.promptCacheUse()).toEqual({ asked: LATE_CALLS, effective: 0, readTokens: 0 });
  });
}
