import { AsyncResource } from 'node:async_hooks';
import {
  BrokenCircuitError,
  type CircuitBreakerPolicy,
  ConsecutiveBreaker,
  circuitBreaker,
  handleWhenResult,
} from 'cockatiel';
import type { ModelFailure } from '../../domain/language-model/model-failure.ts';
import { NO_TOKENS } from '../../domain/language-model/token-usage.ts';
import { failure, type Result, success } from '../../kernel/result.ts';
import { type Patience, repeatCall } from '../../knowledge/repeat-call.ts';
import type { ModelPrompt, ModelReply, ModelRequest } from '../../ports/language-model.ts';
import { type CallAccount, type CallPurpose, callAccounted, hashOf, notMade, TOO_DEAR } from './account-call.ts';
import { createLanes } from './lanes.ts';
import { CHEAPEST_TIER, type ModelTier, NEXT_TIER } from './policy.ts';

/** What is asked of a model, before it is known of which. */
export interface Question extends CallPurpose {
  readonly tier: ModelTier;
  /** The prompt for a model, which decides whether its stable part is worth caching. */
  readonly promptFor: (model: string) => ModelPrompt;
  readonly maxOutputTokens: number;
  readonly signal: AbortSignal;
}

/** A model's words, or why there are none. */
export type Answer =
  | { readonly kind: 'answered'; readonly text: string; readonly model: string }
  /** `rejected`: the provider will not take this request, but may take another. */
  | { readonly kind: 'refused' | 'cut_off' | 'rejected' | 'failed' | 'too_dear'; readonly reason: string };

/** What the desk works with. */
export interface ModelDeskParts extends CallAccount {
  readonly modelOf: Readonly<Record<ModelTier, string>>;
  /** Calls at the same time. */
  readonly inFlight: number;
  /** The first wait before a call is repeated, milliseconds; each further one is twice as long. */
  readonly backoffMs?: number;
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
/** Nobody waits longer than this for one call to be allowed again; rules write meanwhile. */
const PATIENCE: Patience = {
  triesOf: ({ kind }) => TRIES[kind] ?? OTHER_TRIES,
  mostTries: Math.max(OTHER_TRIES, ...Object.values(TRIES)),
  longestWaitMs: 30_000,
};
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
  const patience = { ...PATIENCE, ...(parts.backoffMs === undefined ? {} : { backoffMs: parts.backoffMs }) };
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
      const result = await breakerOf(model).execute(() => repeatCall(callOnce, patience, signal));
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
    const paid = await parts.ledger.findPaid(parts.assessmentId, hashOf(parts.model, request));
    const result =
      paid?.kind === 'answered' ? success({ ...paid.reply, usage: NO_TOKENS }) : await call(question, request);
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

/** Whether the provider was asked too much at once. */
function isTooMany(result: Result<ModelReply, ModelFailure>): boolean {
  return !result.ok && (result.error.kind === 'rate_limited' || result.error.kind === 'overloaded');
}

/** Whether a question failed for a reason that the next one may meet, too. */
function isOutage(result: Result<ModelReply, ModelFailure>): result is { ok: false; error: ModelFailure } {
  return !result.ok && (result.error.retryable || ['rejected', 'unauthorized'].includes(result.error.kind));
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
