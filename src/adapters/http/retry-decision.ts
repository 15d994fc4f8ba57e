import type { FailedAttempt } from './attempt.ts';
import { duration } from './failure-words.ts';

/** Whether and when a failed request is sent again. */
export type RetryDecision =
  | { readonly kind: 'retry'; readonly waitMs: number }
  /** The failure stands as it is. */
  | { readonly kind: 'stop'; readonly reason: string }
  /** The budget leaves no time for another try. */
  | { readonly kind: 'give-up' };

/**
 * Decides after a failed try. A `Retry-After` is honoured, and ends the request at once where it asks for more than the
 * source's budget has left; else waits grow threefold, each shortened at random by up to half so that requests that
 * failed together do not come back together.
 */
export function decideRetry(
  failed: FailedAttempt,
  state: { readonly tries: number; readonly remainingMs: number; readonly backoffMs: number; readonly random: number },
): RetryDecision {
  const { reason } = failed.failure;
  if (failed.isAnswer || state.tries >= failed.maxTries) return { kind: 'stop', reason };
  const { retryAfterMs } = failed;
  if (retryAfterMs !== null && retryAfterMs > state.remainingMs) {
    return {
      kind: 'stop',
      reason: `${reason}; it asks to wait ${duration(retryAfterMs)}, longer than a failing source is given`,
    };
  }
  const backoff = state.backoffMs * 3 ** (state.tries - 1);
  const waitMs =
    retryAfterMs === null
      ? backoff * (1 - state.random / 2)
      : Math.min(retryAfterMs + (state.random * state.backoffMs) / 2, state.remainingMs);
  if (waitMs > state.remainingMs) return { kind: 'give-up' };
  return { kind: 'retry', waitMs };
}
