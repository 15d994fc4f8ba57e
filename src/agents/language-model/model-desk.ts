import { AsyncResource } from 'node:async_hooks';
import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import {
  BrokenCircuitError,
  type CircuitBreakerPolicy,
  ConsecutiveBreaker,
  circuitBreaker,
  handleWhenResult,
} from 'cockatiel';
import pRetry, { type RetryContext } from 'p-retry';
import { findModelFacts, PRICES_AS_OF } from '../../domain/language-model/model-catalogue.ts';
import type { ModelFailure } from '../../domain/language-model/model-failure.ts';
import { mostOf, priceOf } from '../../domain/language-model/price.ts';
import { countable, NO_TOKENS } from '../../domain/language-model/token-usage.ts';
import type { Clock } from '../../kernel/clock.ts';
import { failure, type Result, success } from '../../kernel/result.ts';
import type { BookedCall, CallOutcome, CostLedger } from '../../ports/cost-ledger.ts';
import type { LanguageModel, ModelPrompt, ModelReply, ModelRequest } from '../../ports/language-model.ts';
import { NO_TELEMETRY, type Telemetry } from '../../ports/telemetry.ts';
import { createLanes } from './lanes.ts';
import { observeCall } from './observe-call.ts';
import { CHEAPEST_TIER, type ModelTask, type ModelTier, NEXT_TIER } from './policy.ts';
import type { Purse } from './purse.ts';

/** What is asked of a model, before it is known of which. */
export interface Question {
  readonly task: ModelTask;
  readonly tier: ModelTier;
  readonly promptVersion: string;
  /** The prompt for a model, which decides whether its stable part is worth caching. */
  readonly promptFor: (model: string) => ModelPrompt;
  readonly maxOutputTokens: number;
  readonly signal: AbortSignal;
  /** Asked before each call that costs money; rejects where another process has taken the work over. */
  readonly confirm?: () => Promise<void>;
  /** Gives who hears the text of a call of a model while it is written; asked anew for each call. */
  readonly listen?: (model: string) => ((delta: string) => void) | undefined;
}

/** A model's words, or why there are none. */
export type Answer =
  | { readonly kind: 'answered'; readonly text: string; readonly model: string }
  /** `rejected`: the provider will not take this request, but may take another. */
  | { readonly kind: 'refused' | 'cut_off' | 'rejected' | 'failed' | 'too_dear'; readonly reason: string };

/** What the desk works with. */
export interface ModelDeskParts {
  readonly model: LanguageModel;
  readonly modelOf: Readonly<Record<ModelTier, string>>;
  readonly ledger: CostLedger;
  readonly purse: Purse;
  /** The cap that the ledger holds all processes of the assessment to, USD; null: none. */
  readonly capUsd?: number | null;
  /** After so long a call is no longer in flight, whatever the ledger says: its process was killed. Milliseconds. */
  readonly longestCallMs?: number;
  readonly clock: Clock;
  readonly assessmentId: string;
  /** Calls at the same time. */
  readonly inFlight: number;
  /** The first wait before a call is repeated, milliseconds; each further one is twice as long. */
  readonly backoffMs?: number;
  readonly telemetry?: Telemetry;
}

/** Where one assessment's agents ask language models. */
export interface ModelDesk {
  ask(question: Question): Promise<Answer>;
  /** The model of a tier. */
  modelOf(tier: ModelTier): string;
}

/** Tries in all. Who is asked too much at once says so quickly and means no harm; what hangs has cost its time limit already. */
const TRIES: Readonly<Partial<Record<ModelFailure['kind'], number>>> = { rate_limited: 5, overloaded: 5, timeout: 2 };
const OTHER_TRIES = 3;
const DEFAULT_BACKOFF_MS = 500;
const LONGEST_BACKOFF_MS = 8000;
/** Nobody waits longer for one call to be allowed again; rules write meanwhile. */
const LONGEST_WAIT_MS = 30_000;
/** A model that fails so many questions in a row, tries included, is left alone for a while: an outage costs a run its first questions. */
const BREAK_AFTER = 6;
const PAUSE_MS = 20_000;

/**
 * Creates the desk. Each call is booked before it is sent and closed when it ends; repeated where the failure may pass; not made
 * where the purse would not hold it; and where a model refuses, runs out of tokens or is too dear, another tier is asked once.
 */
export function createModelDesk(parts: ModelDeskParts): ModelDesk {
  const breakers = new Map<string, CircuitBreakerPolicy>();
  const lastReasons = new Map<string, string>();
  const lanes = createLanes(parts.inFlight);
  const modelOf = (tier: ModelTier) => parts.modelOf[tier];

  function breakerOf(model: string): CircuitBreakerPolicy {
    const breaker =
      breakers.get(model) ??
      circuitBreaker(
        handleWhenResult((result) => isOutage(result as Result<ModelReply, ModelFailure>)),
        { halfOpenAfter: PAUSE_MS, breaker: new ConsecutiveBreaker(BREAK_AFTER) },
      );
    breakers.set(model, breaker);
    return breaker;
  }

  async function call(question: Question, request: ModelRequest): Promise<Result<ModelReply, ModelFailure>> {
    const { model, signal } = request;
    // A lane is freed by another question's call: what follows belongs to this one's trace nevertheless.
    const callHere = AsyncResource.bind(() => callAccounted(parts, question, request));
    const callOnce = () => lanes.run(callHere, isTooMany, signal);
    try {
      const result = await breakerOf(model).execute(() => repeat(callOnce, signal, parts.backoffMs));
      if (isOutage(result)) lastReasons.set(model, result.error.reason);
      return result;
    } catch (thrown) {
      if (!(thrown instanceof BrokenCircuitError)) throw thrown;
      const reason = `it keeps failing (${lastReasons.get(model) ?? 'no answer'}) and is left alone for a while`;
      return failure(notMade('paused', reason));
    }
  }

  async function askTier(question: Question, tier: ModelTier): Promise<Answer> {
    const model = modelOf(tier);
    const prompt = question.promptFor(model);
    const request: ModelRequest = {
      model,
      prompt,
      maxOutputTokens: question.maxOutputTokens,
      effort: tier === 'deep' ? 'medium' : 'low',
      signal: question.signal,
    };
    // A run that was killed after it had paid for an answer, and before it had used it.
    const paid = await parts.ledger.findReply(parts.assessmentId, hashOf(parts.model, request));
    const result = paid === null ? await call(question, request) : success({ ...paid, usage: NO_TOKENS });
    return toAnswer(result, model);
  }

  return {
    modelOf,
    async ask(question) {
      const first = await askTier(question, question.tier);
      // What is left of the purse may hold a plainer text.
      const other = first.kind === 'too_dear' ? CHEAPEST_TIER : NEXT_TIER[question.tier];
      const isWorthAnother = first.kind === 'refused' || first.kind === 'cut_off' || first.kind === 'too_dear';
      if (!isWorthAnother || modelOf(other) === modelOf(question.tier)) return first;
      const second = await askTier(question, other);
      if (second.kind === 'answered' || second.reason === first.reason) return second;
      return { ...first, reason: `${first.reason}; ${second.reason}` };
    },
  };
}

/** Too dear a call is no failure of the model: it is not made. */
const TOO_DEAR: ModelFailure['kind'] = 'unaffordable';

function hashOf({ provider }: LanguageModel, { model, prompt, maxOutputTokens }: ModelRequest): string {
  const { instructions, evidence, schema } = prompt;
  const text = JSON.stringify([provider, model, instructions, evidence, schema, maxOutputTokens]);
  return createHash('sha256').update(text).digest('hex');
}

/** Books, sends and closes one call. */
async function callAccounted(
  parts: ModelDeskParts,
  { task, promptVersion, listen, confirm }: Question,
  request: ModelRequest,
): Promise<Result<ModelReply, ModelFailure>> {
  const { model, ledger, purse, clock, assessmentId, telemetry = NO_TELEMETRY } = parts;
  await confirm?.();
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
    promptHash: hashOf(model, request),
    mostUsd,
    sentAt: clock.now().toISOString(),
  };
  const id = await bookCall(parts, booked, request.signal);
  if (id === null) {
    purse.settle(mostUsd, 0);
    return failure(notMade(TOO_DEAR, OVER_CAP));
  }
  let costUsd: number | null = mostUsd;
  try {
    const onText = listen?.(request.model);
    const { result, usage, outcome, knownUsd } = await observeCall(
      telemetry,
      { provider: model.provider, agent: task, request, assessmentId },
      async () => {
        const result = await model.generate(onText === undefined ? request : { ...request, onText });
        const usage = countable((result.ok ? result.value.usage : result.error.usage) ?? NO_TOKENS);
        const outcome = outcomeOf(result);
        return { result, usage, outcome, knownUsd: outcome === 'lost' ? null : priceOf(usage, facts, model.isBatch) };
      },
    );
    const reply = result.ok ? { text: result.value.text, stop: result.value.stop } : null;
    await ledger.close(id, { outcome, usage, costUsd: knownUsd, endedAt: clock.now().toISOString(), reply });
    // What nobody told the cost of counts at its most.
    if (outcome !== 'lost') costUsd = knownUsd;
    return result;
  } finally {
    purse.settle(mostUsd, costUsd);
  }
}

const OVER_CAP = 'what is left of the cost cap does not hold it';
const DEFAULT_LONGEST_CALL_MS = 120_000;
/** How often it is looked whether calls of other processes have left enough of the cap. */
const LOOK_AGAIN_MS = 250;

/** Books a call, once the cap holds it beside what other processes spend; null where it would not hold it without them either. */
async function bookCall(parts: ModelDeskParts, call: BookedCall, signal: AbortSignal): Promise<number | null> {
  const { ledger, clock, capUsd = null, longestCallMs = DEFAULT_LONGEST_CALL_MS } = parts;
  if (capUsd === null) return ledger.book(call);
  for (;;) {
    const sentAfter = new Date(clock.now().getTime() - longestCallMs).toISOString();
    const booked = await ledger.bookWithin(call, capUsd, sentAfter);
    if (booked === 'never') return null;
    if (booked !== 'later') return booked;
    await pause(LOOK_AGAIN_MS, undefined, { signal });
  }
}

function notMade(kind: ModelFailure['kind'], reason: string): ModelFailure {
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

class FailedCall extends Error {
  readonly failed: ModelFailure;

  constructor(failed: ModelFailure) {
    super(failed.reason);
    this.failed = failed;
  }
}

/** Repeats a call whose failure may pass. A `Retry-After` takes the place of the wait between tries. */
async function repeat(
  callOnce: () => Promise<Result<ModelReply, ModelFailure>>,
  signal: AbortSignal,
  backoffMs = DEFAULT_BACKOFF_MS,
): Promise<Result<ModelReply, ModelFailure>> {
  async function attempt(): Promise<Result<ModelReply, ModelFailure>> {
    const result = await callOnce();
    if (isPassing(result)) throw new FailedCall(result.error);
    return result;
  }
  async function onFailedAttempt({ error, attemptNumber }: RetryContext): Promise<void> {
    if (!(error instanceof FailedCall)) throw error;
    const { kind, retryAfterMs } = error.failed;
    if (attemptNumber >= (TRIES[kind] ?? OTHER_TRIES)) throw error;
    if (retryAfterMs === null) return;
    if (retryAfterMs > LONGEST_WAIT_MS) throw error;
    await pause(retryAfterMs + Math.random() * backoffMs, undefined, { signal });
  }
  try {
    return await pRetry(attempt, {
      retries: Math.max(...Object.values(TRIES)) - 1,
      minTimeout: backoffMs,
      maxTimeout: LONGEST_BACKOFF_MS,
      factor: 2,
      randomize: true,
      signal,
      onFailedAttempt,
      shouldConsumeRetry: ({ error }) => error instanceof FailedCall && error.failed.retryAfterMs === null,
    });
  } catch (thrown) {
    signal.throwIfAborted();
    if (thrown instanceof FailedCall) return failure(thrown.failed);
    throw thrown;
  }
}

function isPassing(result: Result<ModelReply, ModelFailure>): result is { ok: false; error: ModelFailure } {
  return !result.ok && result.error.retryable;
}

/** Whether the provider was asked too much at once. */
function isTooMany(result: Result<ModelReply, ModelFailure>): boolean {
  return !result.ok && (result.error.kind === 'rate_limited' || result.error.kind === 'overloaded');
}

/** Whether a question failed for a reason that the next one may meet, too. */
function isOutage(result: Result<ModelReply, ModelFailure>): result is { ok: false; error: ModelFailure } {
  return !result.ok && (result.error.retryable || ['rejected', 'unauthorized'].includes(result.error.kind));
}

function outcomeOf(result: Result<ModelReply, ModelFailure>): CallOutcome {
  if (!result.ok) return result.error.mayBeBilled ? 'lost' : 'failed';
  return ({ end: 'answered', refusal: 'refused', max_tokens: 'cut_off' } as const)[result.value.stop];
}

function toAnswer(result: Result<ModelReply, ModelFailure>, model: string): Answer {
  if (!result.ok) {
    const { kind, reason } = result.error;
    if (kind === TOO_DEAR) return { kind: 'too_dear', reason };
    return { kind: kind === 'rejected' ? 'rejected' : 'failed', reason: `${model}: ${reason}` };
  }
  const { stop, text } = result.value;
  if (stop === 'refusal') return { kind: 'refused', reason: `${model} refused` };
  if (stop === 'max_tokens') return { kind: 'cut_off', reason: `${model} ran out of output tokens` };
  return { kind: 'answered', text, model };
}
