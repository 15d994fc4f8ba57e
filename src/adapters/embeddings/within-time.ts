import { type EmbeddingFailure, lastingFailure } from '../../domain/knowledge/embedding-failure.ts';
import { orAborted } from '../../kernel/or-aborted.ts';
import { failure, type Result, success } from '../../kernel/result.ts';

/** One call of a model of this machine, milliseconds: it may have to wait for documents that are read by the same threads, for 2 minutes each. */
export const LOCAL_CALL_MS = 600_000;

/**
 * The vectors of one call of a model of this machine, or why they did not come in time: a runtime that hangs is told, and waited for no longer. Throws
 * what the call throws, and where the signal aborts.
 */
export async function withinTime<Vectors>(
  run: (signal: AbortSignal) => Promise<Vectors>,
  limitMs: number,
  signal: AbortSignal,
): Promise<Result<Vectors, EmbeddingFailure>> {
  const late = AbortSignal.timeout(limitMs);
  const either = AbortSignal.any([signal, late]);
  try {
    return success(await orAborted(run(either), either));
  } catch (error) {
    signal.throwIfAborted();
    if (!late.aborted) throw error;
    return failure(lastingFailure('timeout', `no answer within ${limitMs} ms`));
  }
}
