import type { EmbeddingFailure } from '../domain/knowledge/embedding-failure.ts';
import type { Result } from '../kernel/result.ts';

/** A vector of a text's meaning, of length 1. */
export type Embedding = Float32Array;

/** What texts are: some models put what is looked for elsewhere than what is found. */
export type EmbeddingPurpose = 'document' | 'query';

/** Turns texts into vectors that are the nearer the more alike the texts are. */
export interface Embedder {
  /** Names provider, model and version: vectors of one name can be compared. */
  readonly model: string;
  /** The one language that it understands, as ISO 639-1 names it; null: many, or not known. */
  readonly language: string | null;
  /** Texts that it embeds together; where it is not told, as many as there are. */
  readonly togetherAtMost?: number;
  /**
   * One vector a text, in their order, all of the same number of dimensions.
   * @throws RiskError `SOURCE_UNAVAILABLE` where the model cannot be had, or gives what are no vectors of these texts; `BAD_INPUT` where it
   * refuses these texts, and may take others
   */
  embed(texts: readonly string[], signal: AbortSignal, purpose?: EmbeddingPurpose): Promise<readonly Embedding[]>;
}

/** A model as its provider has it: what is the same for all of them is done above it. */
export interface EmbeddingModel {
  readonly name: string;
  /** As of {@link Embedder}. */
  readonly language: string | null;
  /** Texts of a call at most. */
  readonly textsAtOnce: number;
  /** Calls of one request for embeddings that may be under way together. */
  readonly callsAtOnce: number;
  /** One call: vectors of any length in the order of the texts. Throws where the signal aborts. */
  run(
    texts: readonly string[],
    purpose: EmbeddingPurpose,
    signal: AbortSignal,
  ): Promise<Result<readonly ArrayLike<number>[], EmbeddingFailure>>;
}
