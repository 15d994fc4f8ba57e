import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { findModelFacts, PRICES_AS_OF } from '../../domain/language-model/model-catalogue.ts';
import type { ModelFailure } from '../../domain/language-model/model-failure.ts';
import { mostOf, priceOf } from '../../domain/language-model/price.ts';
import { countable, NO_TOKENS } from '../../domain/language-model/token-usage.ts';
import type { Clock } from '../../kernel/clock.ts';
import { failure, type Result, success } from '../../kernel/result.ts';
import type { BookedCall, CallOutcome, CostLedger } from '../../ports/cost-ledger.ts';
import type { LanguageModel, ModelPrompt, ModelReply, ModelRequest } from '../../ports/language-model.ts';
import { NO_TELEMETRY, type Telemetry } from '../../ports/telemetry.ts';
import { type CallResult, observeCall } from './observe-call.ts';
import type { ModelTask } from './policy.ts';
import type { Purse } from './purse.ts';

/** Where the calls of an assessment are booked and paid. */
export interface CallAccount {
  readonly model: LanguageModel;
  readonly ledger: CostLedger;
  readonly purse: Purse;
  /** The cap that the ledger holds all processes of the assessment to, USD; null: none. */
  readonly capUsd?: number | null;
  /** After so long a call is no longer in flight, whatever the ledger says: its process was killed. Milliseconds. */
  readonly longestCallMs?: number;
  readonly clock: Clock;
  readonly assessmentId: string;
  readonly telemetry?: Telemetry;
}

/** What a call is for. */
export interface CallPurpose {
  readonly task: ModelTask;
  readonly promptVersion: string;
  /** Asked before each call that costs money; rejects where another process has taken the work over. */
  readonly confirm?: () => Promise<void>;
  /** Gives who hears the text of a call of a model while it is written; asked anew for each call. */
  readonly listen?: (model: string) => ((delta: string) => void) | undefined;
}

/** Too dear a call is no failure of the model: it is not made. */
export const TOO_DEAR: ModelFailure['kind'] = 'unaffordable';

/** What tells one request to a provider from another. */
export function hashOf({ provider }: LanguageModel, { model, prompt, maxOutputTokens }: ModelRequest): string {
  const { instructions, evidence, schema } = prompt;
  const text = JSON.stringify([provider, model, instructions, evidence, schema, maxOutputTokens]);
  return createHash('sha256').update(text).digest('hex');
}

/** Books, sends and closes one call. One of a batch that an earlier process sent and did not see the end of is booked already: its answer is waited for. */
export async function callAccounted(
  account: CallAccount,
  purpose: CallPurpose,
  request: ModelRequest,
): Promise<Result<ModelReply, ModelFailure>> {
  const { model, ledger, purse, clock, assessmentId } = account;
  const { task, promptVersion, confirm } = purpose;
  await confirm?.();
  const promptHash = hashOf(model, request);
  const paid = model.isBatch ? await ledger.findPaid(assessmentId, promptHash) : null;
  if (paid?.kind === 'answered') return success({ ...paid.reply, usage: NO_TOKENS });
  if (paid !== null) return (await send(account, purpose, { ...request, sentAs: paid.name }, paid.id)).result;
  const facts = findModelFacts(model.provider, request.model);
  const mostUsd = mostOf(mostTokens(request.prompt), request.maxOutputTokens, facts, model.isBatch);
  if (!(await purse.reserve(mostUsd))) return failure(notMade(TOO_DEAR, OVER_CAP));
  const booked: BookedCall = {
    assessmentId,
    agent: task,
    provider: model.provider,
    model: request.model,
    promptVersion,
    pricesAsOf: PRICES_AS_OF,
    isBatch: model.isBatch,
    isCacheAsked: request.prompt.isCached,
    promptHash,
    mostUsd,
    sentAt: clock.now().toISOString(),
  };
  const id = await bookCall(account, booked, request.signal);
  if (id === null) {
    purse.settle(mostUsd, 0);
    return failure(notMade(TOO_DEAR, OVER_CAP));
  }
  let costUsd: number | null = 0;
  try {
    await confirmSending(account, id, confirm);
    // What nobody told the cost of counts at its most.
    costUsd = mostUsd;
    const onNamed = (name: string) => ledger.name(id, name);
    const { result, outcome, knownUsd } = await send(account, purpose, { ...request, onNamed }, id);
    if (outcome !== 'lost') costUsd = knownUsd;
    return result;
  } finally {
    purse.settle(mostUsd, costUsd);
  }
}

/** Booking takes a while, in which the work may have been taken over: what is not sent then costs nothing. */
async function confirmSending({ ledger, clock }: CallAccount, id: number, confirm: CallPurpose['confirm']) {
  try {
    await confirm?.();
  } catch (taken) {
    const nothing = { outcome: 'failed', usage: NO_TOKENS, costUsd: 0, reply: null } as const;
    await ledger.close(id, { ...nothing, endedAt: clock.now().toISOString() });
    throw taken;
  }
}

/** Sends a booked call and closes it. */
async function send(
  { model, ledger, clock, assessmentId, telemetry = NO_TELEMETRY }: CallAccount,
  { task, listen }: CallPurpose,
  request: ModelRequest,
  id: number,
): Promise<CallResult> {
  const facts = findModelFacts(model.provider, request.model);
  const onText = listen?.(request.model);
  const sent = await observeCall(
    telemetry,
    { provider: model.provider, agent: task, request, assessmentId },
    async () => {
      const result = await model.generate(onText === undefined ? request : { ...request, onText });
      const usage = countable((result.ok ? result.value.usage : result.error.usage) ?? NO_TOKENS);
      const outcome = outcomeOf(result);
      return { result, usage, outcome, knownUsd: outcome === 'lost' ? null : priceOf(usage, facts, model.isBatch) };
    },
  );
  const { result, outcome, usage, knownUsd } = sent;
  const reply = result.ok ? { text: result.value.text, stop: result.value.stop } : null;
  await ledger.close(id, { outcome, usage, costUsd: knownUsd, endedAt: clock.now().toISOString(), reply });
  return sent;
}

const OVER_CAP = 'what is left of the cost cap does not hold it';
const DEFAULT_LONGEST_CALL_MS = 120_000;
/** How often it is looked whether calls of other processes have left enough of the cap. */
const LOOK_AGAIN_MS = 250;

/** Books a call, once the cap holds it beside what other processes spend; null where it would not hold it without them either. */
async function bookCall(account: CallAccount, call: BookedCall, signal: AbortSignal): Promise<number | null> {
  const { ledger, clock, capUsd = null, longestCallMs = DEFAULT_LONGEST_CALL_MS } = account;
  if (capUsd === null) return ledger.book(call);
  for (;;) {
    const sentAfter = new Date(clock.now().getTime() - longestCallMs).toISOString();
    const booked = await ledger.bookWithin(call, capUsd, sentAfter);
    if (booked === 'never') return null;
    if (booked !== 'later') return booked;
    await pause(LOOK_AGAIN_MS, undefined, { signal });
  }
}

/** The failure of a call that was not sent. */
export function notMade(kind: ModelFailure['kind'], reason: string): ModelFailure {
  return { kind, reason, retryable: false, retryAfterMs: null, usage: null, mayBeBilled: false };
}

/** No text of the kind that prompts are made of has fewer bytes a token. */
const LEAST_BYTES_PER_TOKEN = 2;
/** What providers add around a prompt: roles, schema rules. */
const OVERHEAD_TOKENS = 200;

function mostTokens({ instructions, evidence, schema }: ModelPrompt): number {
  const bytes =
    Buffer.byteLength(instructions) + Buffer.byteLength(evidence) + Buffer.byteLength(JSON.stringify(schema));
  return Math.ceil(bytes / LEAST_BYTES_PER_TOKEN) + OVERHEAD_TOKENS;
}

function outcomeOf(result: Result<ModelReply, ModelFailure>): CallOutcome {
  if (!result.ok) return result.error.mayBeBilled ? 'lost' : 'failed';
  return ({ end: 'answered', refusal: 'refused', max_tokens: 'cut_off' } as const)[result.value.stop];
}
