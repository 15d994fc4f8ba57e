import { WORD_PREFIX } from './features.ts';

/** A sparse vector: `values[i]` belongs to the feature at position `positions[i]`. */
export interface SparseVector {
  readonly positions: readonly number[];
  readonly values: readonly number[];
}

/**
 * The vector of a vulnerability: words are scaled by their inverse document frequency and then to a common length of 1,
 * so that long descriptions do not shout; every other feature keeps its own value.
 */
export function buildVector(
  positions: readonly number[],
  model: { readonly features: readonly string[]; readonly scales: readonly number[] },
): SparseVector {
  const isWord = positions.map((position) => model.features[position]?.startsWith(WORD_PREFIX) ?? false);
  const raw = positions.map((position) => model.scales[position] ?? 0);
  const wordLength = Math.sqrt(raw.reduce((sum, value, i) => (isWord[i] ? sum + value * value : sum), 0)) || 1;
  return { positions, values: raw.map((value, i) => (isWord[i] ? value / wordLength : value)) };
}

/** Euclidean length. */
export function toLength(vector: SparseVector): number {
  return Math.sqrt(vector.values.reduce((sum, value) => sum + value * value, 0));
}
