import type { DocumentRecord, Passage } from '../src/domain/knowledge/document.ts';
import type { KnowledgeIndex } from '../src/ports/knowledge-index.ts';

const PASSAGES_A_DOCUMENT = 50;
const DIMENSIONS = 512;
const WORDS =
  'server gateway patch policy owner risk backup network firewall account password cluster database incident vendor contract audit control exposure segment'.split(
    ' ',
  );

/** A text of forty words of a thousand, no two alike: same seed, same text. A word of a question is in one passage of twenty-five. */
export function sentence(seed: number): string {
  return Array.from({ length: 40 }, (_, place) => {
    const draw = (seed * 7919 + place * 104_729 + seed * place) % (WORDS.length * 50);
    return `${WORDS[draw % WORDS.length]}${Math.floor(draw / WORDS.length)}`;
  }).join(' ');
}

/** What every embedding of the bundled model has in common: 3,870 texts of the test data have a mean of this length. */
const MEAN = 0.677;
/** Their total variance, and how it falls from the first principal axis to the last: half of it lies in 20 axes of 512. */
const VARIANCE = 0.541;
const SHARES = Array.from({ length: DIMENSIONS }, (_, axis) => (1 + axis / 6) ** -1.4);
const SCALE = VARIANCE / SHARES.reduce((sum, share) => sum + share, 0);
const DEVIATIONS = SHARES.map((share) => Math.sqrt(share * SCALE));

/** A vector that stands in for an embedding, as spread out as those of the bundled model: same seed, same vector. */
export function vectorOf(seed: number): Float32Array {
  const vector = Float32Array.from({ length: DIMENSIONS }, (_, axis) => gauss(seed, axis) * (DEVIATIONS[axis] ?? 0));
  vector[DIMENSIONS - 1] = (vector[DIMENSIONS - 1] ?? 0) + MEAN;
  const length = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
  return vector.map((value) => value / length);
}

/** Two draws of a hash make a normal deviate (Box and Muller 1958). */
function gauss(seed: number, axis: number): number {
  const first = Math.max(draw(seed, 2 * axis), Number.EPSILON);
  return Math.sqrt(-2 * Math.log(first)) * Math.cos(2 * Math.PI * draw(seed, 2 * axis + 1));
}

/** 0 to 1: 32 bits of an integer hash of both. */
function draw(seed: number, place: number): number {
  let hash = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(place + 1, 0xc2b2ae35);
  hash = Math.imul(hash ^ (hash >>> 16), 0x7feb352d);
  hash = Math.imul(hash ^ (hash >>> 15), 0x846ca68b);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
}

/** Fills an index with passages, fifty a document. */
export async function fillIndex(index: KnowledgeIndex, count: number, model: string): Promise<void> {
  for (let start = 0; start < count; start += PASSAGES_A_DOCUMENT) {
    const passages = Array.from(
      { length: PASSAGES_A_DOCUMENT },
      (_, ordinal): Passage & { embedding: Float32Array } => ({
        id: `p${start + ordinal}`,
        ordinal,
        page: null,
        section: null,
        text: sentence(start + ordinal),
        ids: [],
        embedding: vectorOf(start + ordinal),
      }),
    );
    await index.replaceDocument(documentOf(`d${start}`), passages, model);
  }
}

function documentOf(id: string): DocumentRecord {
  return { id, path: `/${id}`, title: id, type: 'text', pages: null, hash: id, date: null, fields: {} };
}
