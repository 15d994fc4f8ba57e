import { WORD_PREFIX } from './features.ts';
import type { ThreatModel } from './threat-model.ts';
import { buildVector, type SparseVector } from './vector.ts';

/** Share of the regression in the mixed score; the rest is the neighbours'. Not fitted: 0.5 to 0.6 do alike. */
const REGRESSION_SHARE = 0.6;
/** Labelled CVEs that vote: enough to smooth one analyst's habits, few enough to be about the same kind of flaw. */
const NEIGHBOURS = 15;

/** Known words that are needed where nothing but words is known. */
const LEAST_WORDS = 3;

/** What the model says of one vulnerability. */
export interface ThreatScores {
  readonly vector: SparseVector;
  /** 0 to 1 for each head of the model, uncalibrated. */
  readonly scores: readonly number[];
  /** Positions of the labelled CVEs that voted, the most similar first. */
  readonly neighbours: readonly number[];
}

/** Scores every head for features as `findFeatures` gives them; null where the model knows too few of them. */
export function scoreHeads(features: ReadonlySet<string>, model: ThreatModel): ThreatScores | null {
  const positions: number[] = [];
  for (const feature of features) {
    const position = model.featureIndex.get(feature);
    if (position !== undefined) positions.push(position);
  }
  if (!isEnough(positions, model)) return null;
  const vector = buildVector(positions, model);
  const similarity = measureSimilarity(vector, model);
  const neighbours = findNearest(similarity);
  const votes = collectVotes(neighbours, similarity, model);
  const sums = sumWeights(vector, model);
  const scores = model.heads.map((head, index) => {
    const regression = 1 / (1 + Math.exp(-(head.bias + (sums[index] ?? 0) * head.step)));
    return REGRESSION_SHARE * regression + (1 - REGRESSION_SHARE) * (votes[index] ?? 0);
  });
  return { vector, scores, neighbours };
}

/** For each head, its weights of the vector's features times their values. */
function sumWeights({ positions, values }: SparseVector, model: ThreatModel): Float64Array {
  const sums = new Float64Array(model.heads.length);
  positions.forEach((position, i) => {
    const value = values[i] ?? 0;
    const weights = model.weightsOf[position] ?? new Int8Array();
    for (let head = 0; head < weights.length; head += 1) sums[head] = (sums[head] ?? 0) + (weights[head] ?? 0) * value;
  });
  return sums;
}

/** Some fact, or some words: a stray known word alone would get what is commonest among the labelled CVEs. */
function isEnough(positions: readonly number[], model: ThreatModel): boolean {
  const isFact = (position: number) => model.features[position]?.startsWith(WORD_PREFIX) === false;
  return positions.length >= LEAST_WORDS || positions.some(isFact);
}

/**
 * For each head, the share of the neighbours it is true of, weighted by squared cosine similarity. (The similarities lack
 * the constant length of the asking vector, which cancels out.)
 */
function collectVotes(nearest: readonly number[], similarity: Float64Array, model: ThreatModel): Float64Array {
  const votes = new Float64Array(model.heads.length);
  const total = nearest.reduce((sum, example) => sum + (similarity[example] ?? 0) ** 2, 0);
  if (total === 0) return votes;
  for (const example of nearest) {
    const weight = (similarity[example] ?? 0) ** 2 / total;
    for (const head of model.examples[example]?.heads ?? []) votes[head] = (votes[head] ?? 0) + weight;
  }
  return votes;
}

function measureSimilarity(vector: SparseVector, model: ThreatModel): Float64Array {
  const similarity = new Float64Array(model.examples.length);
  vector.positions.forEach((position, i) => {
    const value = vector.values[i] ?? 0;
    const { examples, values } = model.postings[position] ?? { examples: [], values: [] };
    for (let entry = 0; entry < examples.length; entry += 1) {
      const example = examples[entry] ?? 0;
      similarity[example] = (similarity[example] ?? 0) + value * (values[entry] ?? 0);
    }
  });
  return similarity;
}

/** Positions of the {@link NEIGHBOURS} largest similarities; the earlier example wins a tie. */
function findNearest(similarity: Float64Array): number[] {
  const nearest: number[] = [];
  for (let example = 0; example < similarity.length; example++) {
    const value = similarity[example] ?? 0;
    if (value <= 0) continue;
    let place = nearest.length;
    while (place > 0 && (similarity[nearest[place - 1] ?? 0] ?? 0) < value) place--;
    if (place >= NEIGHBOURS) continue;
    nearest.splice(place, 0, example);
    if (nearest.length > NEIGHBOURS) nearest.pop();
  }
  return nearest;
}
