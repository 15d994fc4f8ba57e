/** A vector of a text's meaning, of length 1. */
export type Embedding = Float32Array;

/** Turns texts into vectors that are the nearer the more alike the texts are. */
export interface Embedder {
  /** Names model and version: vectors of one name can be compared. */
  readonly model: string;
  /** The one language that it understands, as ISO 639-1 names it; null: many. */
  readonly language: string | null;
  /** One vector a text, in their order. @throws RiskError `SOURCE_UNAVAILABLE` where the model cannot be had */
  embed(texts: readonly string[], signal: AbortSignal): Promise<readonly Embedding[]>;
}
