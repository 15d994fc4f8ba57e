import { describe, expect, it } from 'vitest';
import type { ModelFailure } from '../../domain/language-model/model-failure.ts';
import { connectionFailure, failureOfStatus, passingFailure } from '../../domain/language-model/model-failure.ts';
import { NO_TOKENS } from '../../domain/language-model/token-usage.ts';
import { failure, type Result, success } from '../../kernel/result.ts';
import type { BookedCall, CallOutcome, CostLedger, PaidReply } from '../../ports/cost-ledger.ts';
import type { LanguageModel, ModelReply, ModelRequest } from '../../ports/language-model.ts';
import { createModelDesk, type Question } from './model-desk.ts';
import { createPurse } from './purse.ts';

type Outcome = Result<ModelReply, ModelFailure>;
const HAIKU = 'claude-haiku-5-5';
const answered: Outcome = success({ text: '{}', stop: 'end', usage: { ...NO_TOKENS, input: 10, output: 100 } });
const now = new Date('2026-11-25T00:00:00Z');

interface Entry extends BookedCall {
  outcome: CallOutcome;
  costUsd: number | null;
  reply?: PaidReply | null;
}

function createFixture(
  outcomes: (Outcome | ((signal: AbortSignal) => Promise<Outcome>))[],
  capUsd: number | null = null,
  inFlight = 16,
) {
  const entries: Entry[] = [];
  const asked: string[] = [];
  let [active, most] = [0, 0];
  const ledger: Pick<CostLedger, 'book' | 'close' | 'findPaid' | 'name'> = {
    book: async (call) => entries.push({ ...call, outcome: 'sent', costUsd: null }) - 1,
    async close(id, { outcome, costUsd, reply }) {
      Object.assign(entries[id] ?? {}, { outcome, costUsd, reply });
    },
    name: async () => undefined,
    async findPaid(_, promptHash) {
      const reply = entries.find((entry) => entry.promptHash === promptHash && entry.reply)?.reply;
      return reply ? { kind: 'answered', reply } : null;
    },
  };
  const model: LanguageModel = {
    provider: 'anthropic',
    isBatch: false,
    async generate({ model: name, signal }: ModelRequest) {
      signal.throwIfAborted();
      asked.push(name);
      active += 1;
      most = Math.max(most, active);
      const next = outcomes.length > 1 ? outcomes.shift() : outcomes[0];
      await new Promise((resolve) => setTimeout(resolve, 5));
      active -= 1;
      return (typeof next === 'function' ? await next(signal) : next) ?? answered;
    },
    countTokens: async () => null,
  };
  const desk = createModelDesk({
    model,
    modelOf: { fast: HAIKU, balanced: 'claude-sonnet-5-5', deep: 'claude-opus-5-5' },
    ledger: ledger as CostLedger,
    purse: createPurse(capUsd, 0),
    clock: { now: () => now },
    assessmentId: 'A',
    inFlight,
    backoffMs: 1,
  });
  return { desk, entries, asked, mostAtOnce: () => most };
}

function question(over: Partial<Question> = {}): Question {
  return {
    task: 'vulnerability',
    tier: 'fast',
    promptVersion: 'test/1',
    promptFor: () => ({ instructions: 'i', isCached: false, evidence: 'e', schemaName: 's', schema: {} }),
    maxOutputTokens: 1000,
    signal: new AbortController().signal,
    ...over,
  };
}

describe('a call in the accounts', () => {
  it('is booked before it is sent, and closed with what it cost', async () => {
    const { desk, entries } = createFixture([
      async () => {
        expect(entries).toMatchObject([{ outcome: 'sent', agent: 'vulnerability', model: HAIKU }]);
        return answered;
      },
    ]);
    expect(await desk.ask(question())).toMatchObject({ kind: 'answered', model: HAIKU });
    expect(entries).toMatchObject([{ outcome: 'answered' }]);
    expect(entries[0]?.costUsd).toBeGreaterThan(0);
  });

  it.each<[string, ModelFailure, CallOutcome, number | null]>([
    ['broke off', passingFailure('bad_answer', 'the answer broke off', { ...NO_TOKENS, input: 9 }), 'lost', null],
    ['met an error', failureOfStatus(500, null, null, now), 'failed', 0],
    ['never left', connectionFailure(refused()), 'failed', 0],
    ['lost its connection', connectionFailure(new Error('reset')), 'lost', null],
  ])('that %s', async (_what, failed, outcome, costUsd) => {
    const { desk, entries } = createFixture([failure(failed)]);
    expect(await desk.ask(question())).toMatchObject({ kind: 'failed' });
    expect(entries.length).toBe(3);
    for (const entry of entries) expect(entry).toMatchObject({ outcome, costUsd });
  });

  it.each<[string, ModelFailure, string, number]>([
    ['timed out', passingFailure('timeout', 'no answer in time'), 'failed', 2],
    ['was asked too often', failureOfStatus(429, null, null, now), 'failed', 5],
    ['was overloaded', failureOfStatus(529, null, null, now), 'failed', 5],
    ['was not let in', failureOfStatus(401, null, null, now), 'failed', 1],
    ['was rejected', failureOfStatus(400, null, null, now), 'rejected', 1],
  ])('that %s is tried as often as that is worth', async (_what, failed, kind, tries) => {
    const { desk, entries } = createFixture([failure(failed)]);
    expect(await desk.ask(question())).toMatchObject({ kind });
    expect(entries).toHaveLength(tries);
  });

  it('counts at its most against the cap where nobody told what it cost', async () => {
    const probe = createFixture([answered]);
    await probe.desk.ask(question());
    const mostUsd = probe.entries[0]?.mostUsd ?? Number.NaN;
    const { desk, entries } = createFixture([failure(passingFailure('bad_answer', 'broken'))], 2.5 * mostUsd);
    expect(await desk.ask(question())).toMatchObject({ kind: 'too_dear' });
    expect(entries).toHaveLength(2);
  });
});

it('an answer that was paid for is not paid for again', async () => {
  const { desk, asked } = createFixture([answered]);
  const first = await desk.ask(question());
  expect(await desk.ask(question())).toEqual(first);
  expect(asked).toHaveLength(1);
  await desk.ask(question({ maxOutputTokens: 999 }));
  expect(asked).toHaveLength(2);
});

it('a call is not sent that was taken over while it was booked, and costs nothing', async () => {
  const { desk, entries, asked } = createFixture([answered]);
  let times = 0;
  const confirm = async () => {
    times += 1;
    if (times === 2) throw new Error('taken over');
  };
  await expect(desk.ask(question({ confirm }))).rejects.toThrow('taken over');
  expect([asked, entries.map(({ outcome, costUsd }) => [outcome, costUsd])]).toEqual([[], [['failed', 0]]]);
});

describe('the cap', () => {
  it('lets a call wait that does not fit beside those in flight, and never overshoots', async () => {
    const probe = createFixture([answered]);
    await probe.desk.ask(question());
    const [{ mostUsd, costUsd } = { mostUsd: null, costUsd: null }] = probe.entries;
    const cap = (mostUsd ?? 0) + 3.5 * (costUsd ?? 0);
    const { desk, entries, mostAtOnce } = createFixture([answered], cap);
    const asks = Array.from({ length: 6 }, (_, index) => desk.ask(question({ promptFor: promptOf(index) })));
    const kinds = (await Promise.all(asks)).map(({ kind }) => kind).sort();
    expect(kinds).toEqual(['answered', 'answered', 'answered', 'answered', 'too_dear', 'too_dear']);
    expect(mostAtOnce()).toBe(1);
    expect(entries.reduce((sum, entry) => sum + (entry.costUsd ?? 0), 0)).toBeLessThanOrEqual(cap);
  });
});

const promptOf = (index: number) => () => ({
  instructions: 'i',
  isCached: false,
  evidence: `${index}`,
  schemaName: 's',
  schema: {},
});

describe('calls', () => {
  const many = (count: number) => Array.from({ length: count }, (_, index) => question({ promptFor: promptOf(index) }));
  const kindsOf = (desk: ReturnType<typeof createFixture>['desk'], count: number) =>
    Promise.all(many(count).map(async (one) => (await desk.ask(one)).kind));

  it('that a provider limits for a moment are all answered in the end', async () => {
    const tooMany = failure(failureOfStatus(429, null, '0', now));
    const { desk, asked } = createFixture([...Array<Outcome>(20).fill(tooMany), answered]);
    expect(new Set(await kindsOf(desk, 20))).toEqual(new Set(['answered']));
    expect(asked.length).toBeGreaterThan(20);
  });

  it('that fail once each are all answered in the end', async () => {
    const { desk } = createFixture([
      ...Array<Outcome>(16).fill(failure(failureOfStatus(500, null, null, now))),
      answered,
    ]);
    expect(new Set(await kindsOf(desk, 16))).toEqual(new Set(['answered']));
  });

  it('are fewer at a time where they are too many', async () => {
    let active = 0;
    const limited = async (): Promise<Outcome> => {
      active += 1;
      const isTooMany = active > 4;
      await new Promise((resolve) => setTimeout(resolve, 5));
      active -= 1;
      return isTooMany ? failure(failureOfStatus(429, null, null, now)) : answered;
    };
    const { desk } = createFixture([limited]);
    expect(new Set(await kindsOf(desk, 40))).toEqual(new Set(['answered']));
  });

  it('are made no more where every question fails, and the reason is told', async () => {
    const { desk, asked } = createFixture([failure(failureOfStatus(500, 'api_error', null, now))], null, 2);
    for (const one of many(9)) await desk.ask(one);
    expect(asked).toHaveLength(18);
    expect(await desk.ask(question())).toMatchObject({
      kind: 'failed',
      reason: expect.stringContaining('it keeps failing (HTTP 500 (api_error)) and is left alone'),
    });
  });

  it('are no more at a time than allowed', async () => {
    const { desk, mostAtOnce } = createFixture([answered], null, 2);
    await Promise.all(Array.from({ length: 9 }, (_, index) => desk.ask(question({ promptFor: promptOf(index) }))));
    expect(mostAtOnce()).toBe(2);
  });

  it('that wait end with the run', async () => {
    const stop = new AbortController();
    const { desk } = createFixture([untilAborted], null, 1);
    const waiting = [desk.ask(question({ signal: stop.signal })), desk.ask(question({ signal: stop.signal }))];
    setTimeout(() => stop.abort(new Error('stopped')), 20);
    for (const one of await Promise.allSettled(waiting))
      expect(one).toMatchObject({ status: 'rejected', reason: stop.signal.reason });
  });

  it('go to another tier once where a model refuses', async () => {
    const refused: Outcome = success({ text: '', stop: 'refusal', usage: NO_TOKENS });
    const { desk, asked } = createFixture([refused, answered]);
    expect(await desk.ask(question({ tier: 'deep' }))).toMatchObject({ kind: 'answered' });
    expect(asked).toEqual(['claude-opus-5-5', 'claude-sonnet-5-5']);
  });
});

function refused(): Error {
  return new Error('Connection error.', { cause: Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }) });
}

function untilAborted(signal: AbortSignal): Promise<Outcome> {
  return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
}
