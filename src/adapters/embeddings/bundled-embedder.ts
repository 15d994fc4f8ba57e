import type { Embedder, Embedding } from '../../ports/embedder.ts';

/** Texts of a call to the model: more take longer each, since all are as long as the longest. */
const TEXTS_AT_ONCE = 16;

/** The model that is part of the installation: 512 dimensions, English, offline. `run` gives its raw vectors. */
export function createBundledEmbedder(
  run: (texts: readonly string[], signal: AbortSignal) => Promise<number[][]>,
  lanes: number,
): Embedder {
  return {
    model: 'energetic-ai/embeddings-en@0.2.0',
    language: 'en',
    async embed(texts, signal) {
      // Texts of about the same length go together.
      const order = texts
        .map((_, index) => index)
        .sort((left, right) => lengthOf(texts, left) - lengthOf(texts, right));
      const found: Embedding[] = [];
      const batches: number[][] = [];
      for (let start = 0; start < order.length; start += TEXTS_AT_ONCE)
        batches.push(order.slice(start, start + TEXTS_AT_ONCE));
      const work = async () => {
        for (let batch = batches.pop(); batch !== undefined; batch = batches.pop()) {
          const vectors = await run(
            batch.map((index) => texts[index] ?? ''),
            signal,
          );
          for (const [place, index] of batch.entries()) found[index] = toUnit(vectors[place] ?? []);
        }
      };
      await Promise.all(Array.from({ length: Math.min(lanes, batches.length) }, work));
      return found;
    },
  };
}

const lengthOf = (texts: readonly string[], index: number) => texts[index]?.length ?? 0;

/** A vector brought to length 1. */
function toUnit(vector: readonly number[]): Embedding {
  const length = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0)) || 1;
  return Float32Array.from(vector, (value) => value / length);
}
