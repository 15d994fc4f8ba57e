import { setTimeout as pause } from 'node:timers/promises';
import pRetry, { type RetryContext } from 'p-retry';
import type { HttpFailure } from '../../ports/http-client.ts';
import type { FailedAttempt } from './attempt.ts';
import { duration } from './failure-words.ts';

/** What bounds the tries of one request. */
export interface RetryPolicy {
  /** Tries in all. */
  readonly attempts: number;
  /** The first wait is drawn between this and its double; each further one is three times as long. */
  readonly backoffMs: number;
  /** What the source's budget has left. */
  readonly remainingMs: () => number;
  /** Ends tries and waits. */
  readonly signal: AbortSignal;
  /** Told of each failed try. */
  readonly onFailure: (failure: HttpFailure) => void;
}

/** Carries a failed try through p-retry, which tells failures by what is thrown. */
class FailedTry extends Error {
  readonly failed: FailedAttempt;

  constructor(failed: FailedAttempt) {
    super(failed.what);
    this.failed = failed;
  }
}

/**
 * Tries until an attempt succeeds or its failure stands. A `Retry-After` takes the place of the wait between tries, and
 * ends the request at once where it asks for more than the source's budget has left. Throws where the signal aborts.
 */
export async function withRetries<Success extends { readonly ok: true }>(
  tryOnce: () => Promise<Success | FailedAttempt>,
  { attempts, backoffMs, remainingMs, signal, onFailure }: RetryPolicy,
): Promise<Success | HttpFailure> {
  async function attempt(): Promise<Success> {
    const result = await tryOnce();
    if (result.ok) return result;
    throw new FailedTry(result);
  }

  async function onFailedAttempt({ error, attemptNumber }: RetryContext): Promise<void> {
    // What is thrown here ends the tries.
    if (!(error instanceof FailedTry)) throw error;
    const { failure, isAnswer, maxTries, retryAfterMs } = error.failed;
    if (isAnswer) throw error;
    onFailure(failure);
    if (attemptNumber >= Math.min(attempts, maxTries)) throw error;
    if (retryAfterMs === null) return;
    if (retryAfterMs > remainingMs()) {
      const reason = `${failure.reason}; it asks to wait ${duration(retryAfterMs)}, longer than a failing source is given`;
      throw new FailedTry({ ...error.failed, failure: { ...failure, reason } });
    }
    // Requests that were sent away together do not come back together.
    await pause(retryAfterMs + Math.random() * backoffMs, undefined, { signal });
  }

  try {
    return await pRetry(attempt, {
      retries: attempts - 1,
      minTimeout: backoffMs,
      factor: 3,
      randomize: true,
      signal,
      onFailedAttempt,
      // p-retry's own wait follows only where the server named none; `onFailedAttempt` counts the tries of both kinds.
      shouldConsumeRetry: ({ error }) => error instanceof FailedTry && error.failed.retryAfterMs === null,
    });
  } catch (thrown) {
    if (thrown instanceof FailedTry) return thrown.failed.failure;
    throw thrown;
  }
}
