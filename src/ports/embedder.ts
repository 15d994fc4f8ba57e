/** A vector of a text's meaning, of length 1. */
export type Embedding = Float32Array;

/** Turns texts into vectors that are the nearer the more alike the texts are. */
export interface Embedder {
  /** Names model and version: vectors of one name can be compared. */
  readonly model: string;
  /** One vector a text, in their order. @throws RiskError `SOURCE_UNAVAILABLE` where the model cannot be had */
  embed(texts: readonly string[], signal: AbortSignal): Promise<readonly Embedding[]>;
}
