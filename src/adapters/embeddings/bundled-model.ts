import { success } from '../../kernel/result.ts';
import type { EmbeddingModel } from '../../ports/embedder.ts';

/** Texts of a call to the model: more take longer each, since all are as long as the longest. */
const TEXTS_AT_ONCE = 16;

/** The model that is part of the installation: 512 dimensions, English, offline. `run` gives its raw vectors. */
export function createBundledModel(
  run: (texts: readonly string[], signal: AbortSignal) => Promise<number[][]>,
  lanes: number,
): EmbeddingModel {
  return {
    name: 'energetic-ai/embeddings-en@0.2.0',
    language: 'en',
    textsAtOnce: TEXTS_AT_ONCE,
    callsAtOnce: lanes,
    run: async (texts, _purpose, signal) => success(await run(texts, signal)),
  };
}
