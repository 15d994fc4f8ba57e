import { asTheyArrive } from '../kernel/as-they-arrive.ts';
import { chunksOf } from '../kernel/chunks-of.ts';
import { RiskError } from '../kernel/risk-error.ts';
import type { Embedder, Embedding, EmbeddingModel, EmbeddingPurpose } from '../ports/embedder.ts';
import { type CallFailure, type Patience, repeatCall } from './repeat-call.ts';

/** Who is asked too much at once means no harm; what else fails so often will go on failing, and what took too long has cost its time limit already. */
const OTHER_TRIES = 3;
const triesOf =
  (most: number) =>
  ({ kind }: CallFailure): number => {
    if (kind === 'timeout') return 1;
    return kind === 'rate_limited' || kind === 'overloaded' ? most : Math.min(most, OTHER_TRIES);
  };

/** Who asks a question would rather have an answer by words. */
const PATIENCE: Readonly<Record<EmbeddingPurpose, Patience>> = {
  document: { triesOf: triesOf(5), mostTries: 5, longestWaitMs: 60_000 },
  query: { triesOf: triesOf(2), mostTries: 2, longestWaitMs: 5000 },
};

/** The embedder of a model: texts in batches, vectors of length 1, and nothing that is no vector. */
export function createEmbedder(model: EmbeddingModel): Embedder {
  let dimensions: number | null = null;

  async function runBatch(
    batch: readonly (readonly [place: number, text: string])[],
    purpose: EmbeddingPurpose,
    signal: AbortSignal,
  ): Promise<[number, Embedding][]> {
    signal.throwIfAborted();
    const texts = batch.map(([, text]) => text);
    const ran = await repeatCall(() => model.run(texts, purpose, signal), PATIENCE[purpose], signal);
    if (!ran.ok) throw ran.error.isOfTexts ? refused(model, ran.error.reason) : unusable(model, ran.error.reason);
    if (ran.value.length !== texts.length)
      throw unusable(model, `${ran.value.length} vectors came for ${texts.length} texts`);
    return batch.map(([place], at) => [place, toUnit(ran.value[at] ?? [])]);
  }

  function toUnit(vector: ArrayLike<number>): Embedding {
    dimensions ??= vector.length;
    if (vector.length !== dimensions)
      throw unusable(model, `a vector of ${vector.length} dimensions came after those of ${dimensions}`);
    const values = Array.from(vector);
    const length = Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));
    if (!Number.isFinite(length) || length === 0) throw unusable(model, 'a vector came that points nowhere');
    return Float32Array.from(values, (value) => value / length);
  }

  return {
    model: model.name,
    language: model.language,
    togetherAtMost: model.textsAtOnce * model.callsAtOnce,
    async embed(texts, signal, purpose = 'document') {
      // Texts of about the same length go together: a local model takes for each as long as for the longest.
      const byLength = [...texts.entries()].sort(([, left], [, right]) => left.length - right.length);
      const batches = [...chunksOf(byLength, model.textsAtOnce)].map((batch) => () => runBatch(batch, purpose, signal));
      const found: Embedding[] = [];
      for await (const arrived of asTheyArrive(batches, model.callsAtOnce))
        for (const [place, embedding] of arrived) found[place] = embedding;
      return found;
    },
  };
}

function unusable({ name }: EmbeddingModel, reason: string): RiskError {
  return new RiskError({
    code: 'SOURCE_UNAVAILABLE',
    message: `the embedding model ${name} cannot be used: ${reason}`,
    retryable: true,
  });
}

function refused({ name }: EmbeddingModel, reason: string): RiskError {
  return new RiskError({ code: 'BAD_INPUT', message: `the embedding model ${name} refuses its text: ${reason}` });
}
