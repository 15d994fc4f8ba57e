import { setTimeout as pause } from 'node:timers/promises';
import pRetry, { type RetryContext } from 'p-retry';
import type { ModelFailure } from '../domain/language-model/model-failure.ts';
import { failure, type Result } from '../kernel/result.ts';

/** What a call of a model may end with. */
export type CallFailure = Pick<ModelFailure, 'kind' | 'reason' | 'retryable' | 'retryAfterMs'>;

/** How long a caller keeps asking. */
export interface Patience {
  /** Tries in all where calls fail like this; 1: it stands. */
  readonly triesOf: (failure: CallFailure) => number;
  /** The most that `triesOf` says. */
  readonly mostTries: number;
  /** A provider that asks for a longer wait is not asked again, milliseconds. */
  readonly longestWaitMs: number;
  /** The first wait between tries, milliseconds; each further one is twice as long. */
  readonly backoffMs?: number;
}

const DEFAULT_BACKOFF_MS = 500;
const LONGEST_BACKOFF_MS = 8000;

/** Carries a failed call through p-retry, which tells failures by what is thrown. */
class FailedCall<Failure extends CallFailure> extends Error {
  readonly failed: Failure;

  constructor(failed: Failure) {
    super(failed.reason);
    this.failed = failed;
  }
}

/**
 * Calls a model until it answers or its failure stands. A `Retry-After` takes the place of the wait between calls. The waits end with the
 * signal, which those of the providers' own SDKs do not: a process that is to stop would sleep on. Throws where the signal aborts.
 */
export async function repeatCall<Value, Failure extends CallFailure>(
  call: () => Promise<Result<Value, Failure>>,
  { triesOf, mostTries, longestWaitMs, backoffMs = DEFAULT_BACKOFF_MS }: Patience,
  signal: AbortSignal,
): Promise<Result<Value, Failure>> {
  async function attempt(): Promise<Result<Value, Failure>> {
    const result = await call();
    if (!result.ok && result.error.retryable) throw new FailedCall(result.error);
    return result;
  }

  async function onFailedAttempt({ error, attemptNumber }: RetryContext): Promise<void> {
    // What is thrown here ends the tries.
    if (!(error instanceof FailedCall)) throw error;
    const { retryAfterMs } = error.failed;
    if (attemptNumber >= triesOf(error.failed)) throw error;
    if (retryAfterMs === null) return;
    if (retryAfterMs > longestWaitMs) throw error;
    // Calls that were sent away together do not come back together.
    await pause(retryAfterMs + Math.random() * backoffMs, undefined, { signal });
  }

  try {
    return await pRetry(attempt, {
      retries: mostTries - 1,
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
    if (thrown instanceof FailedCall) return failure((thrown as FailedCall<Failure>).failed);
    throw thrown;
  }
}
