import { setTimeout as pause } from 'node:timers/promises';
import pRetry, { type RetryContext } from 'p-retry';
import type { EmbeddingFailure } from '../domain/knowledge/embedding-failure.ts';
import { failure, type Result } from '../kernel/result.ts';
import type { EmbeddingPurpose } from '../ports/embedder.ts';

/** Tries in all, and the longest wait that a provider may ask for, milliseconds: who asks a question would rather have an answer by words. */
const PATIENCE = {
  document: { tries: 5, longestWaitMs: 60_000 },
  query: { tries: 2, longestWaitMs: 5000 },
} as const;
/** Who is asked too much at once means no harm; what else fails so often will go on failing. */
const OTHER_TRIES = 3;
const BACKOFF_MS = 500;
const LONGEST_BACKOFF_MS = 8000;

/** Carries a failed call through p-retry, which tells failures by what is thrown. */
class FailedCall extends Error {
  readonly failed: EmbeddingFailure;

  constructor(failed: EmbeddingFailure) {
    super(failed.reason);
    this.failed = failed;
  }
}

/**
 * Calls a model until it answers or its failure stands. A `Retry-After` takes the place of the wait between calls. The waits end with the
 * signal, which those of the providers' own SDKs do not: a process that is to stop would sleep on. Throws where the signal aborts.
 */
export async function repeatCall<Value>(
  call: () => Promise<Result<Value, EmbeddingFailure>>,
  purpose: EmbeddingPurpose,
  signal: AbortSignal,
): Promise<Result<Value, EmbeddingFailure>> {
  const { tries, longestWaitMs } = PATIENCE[purpose];

  async function attempt(): Promise<Result<Value, EmbeddingFailure>> {
    const result = await call();
    // What took too long has cost its time limit already.
    if (!result.ok && result.error.retryable && result.error.kind !== 'timeout') throw new FailedCall(result.error);
    return result;
  }

  async function onFailedAttempt({ error, attemptNumber }: RetryContext): Promise<void> {
    // What is thrown here ends the tries.
    if (!(error instanceof FailedCall)) throw error;
    const { kind, retryAfterMs } = error.failed;
    const isTooMany = kind === 'rate_limited' || kind === 'overloaded';
    if (attemptNumber >= (isTooMany ? tries : Math.min(tries, OTHER_TRIES))) throw error;
    if (retryAfterMs === null) return;
    if (retryAfterMs > longestWaitMs) throw error;
    // Calls that were sent away together do not come back together.
    await pause(retryAfterMs + Math.random() * BACKOFF_MS, undefined, { signal });
  }

  try {
    return await pRetry(attempt, {
      retries: tries - 1,
      minTimeout: BACKOFF_MS,
      maxTimeout: LONGEST_BACKOFF_MS,
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
