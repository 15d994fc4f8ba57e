import type { EmbeddingModel } from '../../ports/embedder.ts';
import { LOCAL_CALL_MS, withinTime } from './within-time.ts';

/** Texts of a call to the model: more take longer each, since all are as long as the longest. Four take a fifth less of a processor than sixteen. */
const TEXTS_AT_ONCE = 4;

/** The model that is part of the installation: 512 dimensions, English, offline. `run` gives its raw vectors. */
export function createBundledModel(
  run: (texts: readonly string[], signal: AbortSignal) => Promise<number[][]>,
  lanes: number,
  limitMs = LOCAL_CALL_MS,
): EmbeddingModel {
  return {
    name: 'energetic-ai/embeddings-en@0.2.0',
    language: 'en',
    textsAtOnce: TEXTS_AT_ONCE,
    callsAtOnce: lanes,
    run: (texts, _purpose, signal) => withinTime((either) => run(texts, either), limitMs, signal),
  };
}
