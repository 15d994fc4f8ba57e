import type { ModelFailure } from '../language-model/model-failure.ts';

/** Why a model gave no vectors. */
export interface EmbeddingFailure extends Pick<ModelFailure, 'kind' | 'reason' | 'retryable' | 'retryAfterMs'> {
  /** Whether these texts are refused, and others may not be. */
  readonly isOfTexts: boolean;
}

/** Statuses that refuse what was sent, and not the one who sends. */
const OF_INPUT: ReadonlySet<unknown> = new Set([400, 413, 422]);

/** A failed call of a provider; `status` is that of its answer, where there was one. */
export function callFailure(
  { kind, reason, retryable, retryAfterMs }: ModelFailure,
  status: unknown,
): EmbeddingFailure {
  return { kind, reason, retryable, retryAfterMs, isOfTexts: OF_INPUT.has(status) };
}

/** A failure that the same call would meet again. */
export function lastingFailure(kind: ModelFailure['kind'], reason: string): EmbeddingFailure {
  return { kind, reason, retryable: false, retryAfterMs: null, isOfTexts: false };
}
