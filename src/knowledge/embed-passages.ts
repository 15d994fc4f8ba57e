import type { Passage } from '../domain/knowledge/document.ts';
import { chunksOf } from '../kernel/chunks-of.ts';
import { failure, type Result, success } from '../kernel/result.ts';
import { RiskError } from '../kernel/risk-error.ts';
import type { Embedder, Embedding } from '../ports/embedder.ts';
import type { EmbeddingCache } from '../ports/knowledge-index.ts';

/**
 * Texts that are embedded before their vectors are kept: what is paid for, or has taken its time, is not lost with a run that is killed. No fewer than
 * the model takes together, which would leave it idle; the bundled one needs about a second for so many.
 */
const KEPT_AT_ONCE = 16;
const MOST_KEPT_AT_ONCE = 512;

/** What embeddings come from. */
export interface EmbeddingParts {
  readonly embedder: Embedder;
  readonly cache: EmbeddingCache;
}

/**
 * Vectors of passages, in their order; texts that were embedded before are not embedded again. Fails with a line where the model refuses them.
 * @throws RiskError `SOURCE_UNAVAILABLE` where the model cannot be had, `BAD_INPUT` where it is another one than it was
 */
export async function embedPassages(
  { cache, embedder }: EmbeddingParts,
  passages: readonly Passage[],
  signal: AbortSignal,
): Promise<Result<readonly Embedding[], string>> {
  const texts = passages.map(textToEmbed);
  const found = new Map(cache.find(embedder.model, texts));
  // Texts of about the same length go together, as they do within a group: a local model takes for each as long as for the longest.
  const missing = [...new Set(texts.filter((text) => !found.has(text)))].sort(
    (left, right) => left.length - right.length,
  );
  const together = Math.min(MOST_KEPT_AT_ONCE, Math.max(KEPT_AT_ONCE, embedder.togetherAtMost ?? 0));
  for (const group of chunksOf(missing, together)) {
    const embedded = await embedOrRefuse(embedder, group, signal);
    if (!embedded.ok) return embedded;
    const entries = group.map((text, place) => ({ text, embedding: embedded.value[place] as Embedding }));
    cache.save(embedder.model, entries);
    for (const { text, embedding } of entries) found.set(text, embedding);
  }
  if (new Set([...found.values()].map(({ length }) => length)).size > 1)
    throw new RiskError({
      code: 'BAD_INPUT',
      message: `${embedder.model} gives vectors of other dimensions than it did: it is another model under the same name`,
    });
  return success(texts.map((text) => found.get(text) as Embedding));
}

/** What a passage is understood by: the headings above it say what it is about. */
function textToEmbed({ section, text }: Passage): string {
  return section === null ? text : `${section}\n${text}`;
}

async function embedOrRefuse(
  embedder: Embedder,
  texts: readonly string[],
  signal: AbortSignal,
): Promise<Result<readonly Embedding[], string>> {
  try {
    return success(await embedder.embed(texts, signal));
  } catch (error) {
    if (error instanceof RiskError && error.code === 'BAD_INPUT') return failure(error.message);
    throw error;
  }
}
