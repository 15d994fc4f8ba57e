import { parseRetryAfter } from '../../kernel/retry-after.ts';
import type { TokenUsage } from './token-usage.ts';

/** Why a call brought no answer. */
export interface ModelFailure {
  readonly kind:
    | 'rate_limited'
    | 'overloaded'
    | 'timeout'
    | 'network'
    | 'bad_answer'
    | 'rejected'
    | 'unauthorized'
    | 'paused'
    | 'unaffordable';
  /** One line, without secrets. */
  readonly reason: string;
  readonly retryable: boolean;
  /** How long the provider asks to wait, milliseconds. */
  readonly retryAfterMs: number | null;
  /** What was paid all the same, where the provider had told before the call failed. */
  readonly usage: TokenUsage | null;
}

type FailureKind = Extract<ModelFailure['kind'], 'timeout' | 'network' | 'bad_answer' | 'overloaded'>;

/** A failure on the way, which the same call may overcome. */
export function passingFailure(kind: FailureKind, reason: string, usage: TokenUsage | null = null): ModelFailure {
  return { kind, reason, retryable: true, retryAfterMs: null, usage };
}

/** What an HTTP status says of a call; `detail` is the provider's constant for it. 529 is Anthropic's "overloaded". */
export function failureOfStatus(
  status: number,
  detail: string | null,
  retryAfter: string | null,
  now: Date,
): ModelFailure {
  const reason = detail === null ? `HTTP ${status}` : `HTTP ${status} (${detail})`;
  const common = { reason, usage: null };
  if (status === 401 || status === 403)
    return { ...common, kind: 'unauthorized', retryable: false, retryAfterMs: null };
  const retryAfterMs = parseRetryAfter(retryAfter, now);
  if (status === 429) return { ...common, kind: 'rate_limited', retryable: true, retryAfterMs };
  if (status === 408 || status === 409 || status >= 500)
    return { ...common, kind: 'overloaded', retryable: true, retryAfterMs };
  return { ...common, kind: 'rejected', retryable: false, retryAfterMs: null };
}
