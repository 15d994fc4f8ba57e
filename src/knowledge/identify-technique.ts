import type { LabelledTexts } from '../ports/labelled-texts.ts';
import { questionWords } from './question-words.ts';
import { wordsIn } from './words-in.ts';

/** A text that is known to speak of a technique, and where it is from. */
export interface LabelledText {
  readonly techniqueId: string;
  /** The technique's name where the text is its description; else empty. */
  readonly title: string;
  readonly text: string;
  /** `name`: no text of the technique is at hand but its name. `example`: of the user's own. */
  readonly kind: 'name' | 'description' | 'procedure' | 'example';
}

/** A technique that a text may describe. */
export interface IdentifiedTechnique {
  readonly techniqueId: string;
  /** 0 to 1, how much of the text its known texts share (`1 - exp(-votes / whole)`): comparable over queries to the same texts; no probability. */
  readonly score: number;
  /** Words of the query in the text that speaks for it most, in the query's order. */
  readonly words: readonly string[];
  readonly closest: LabelledText;
}

/** Texts that are looked at for a query. */
const NEIGHBOURS = 100;
/** Of a technique, texts that count, each less than the one before: `1 / k`. Tuned on half of the queries of the quality gate. */
const COUNTED = 8;
/** Below this no technique fits: so are 5 % of labelled report sentences, 9 % of procedures, and 89 % of sentences about something else (`test/quality`). */
const LEAST_SCORE = 0.3;
/** One word in common is chance, and a text of one word describes nothing. */
const LEAST_WORDS = 2;

/**
 * The techniques that a text may describe, best first; none where nothing known is like it. The nearest labelled texts (BM25) vote for their
 * techniques, since most techniques are known by many short texts and none of them is the text that is asked.
 */
export function identifyTechniques(
  text: string,
  labelled: readonly LabelledText[],
  index: Pick<LabelledTexts, 'search'>,
): IdentifiedTechnique[] {
  const words = questionWords(text);
  return rankTechniques(text, labelled, index)
    .filter(({ score }) => score >= LEAST_SCORE)
    .map((ranked) => ({ ...ranked, words: sharedWords(words, ranked.closest) }))
    .filter((identified) => identified.words.length >= LEAST_WORDS);
}

/** The same without a least score or words: what is measured, and no more than that of what will not be shown. */
export function rankTechniques(
  text: string,
  labelled: readonly LabelledText[],
  index: Pick<LabelledTexts, 'search'>,
): Omit<IdentifiedTechnique, 'words'>[] {
  const { found, whole } = index.search(questionWords(text), NEIGHBOURS);
  const votes = new Map<string, { closest: LabelledText; count: number; sum: number }>();
  for (const { place, bm25 } of found) {
    const one = labelled[place];
    if (one === undefined) continue;
    const vote = votes.get(one.techniqueId) ?? { closest: one, count: 0, sum: 0 };
    vote.count += 1;
    if (vote.count <= COUNTED) vote.sum += bm25 / vote.count;
    votes.set(one.techniqueId, vote);
  }
  return [...votes]
    .toSorted(([left, a], [right, b]) => b.sum - a.sum || (left < right ? -1 : 1))
    .map(([techniqueId, { closest, sum }]) => ({
      techniqueId,
      score: whole > 0 ? Math.round((1 - Math.exp(-sum / whole)) * 1e4) / 1e4 : 0,
      closest,
    }));
}

function sharedWords(words: readonly string[], { title, text }: LabelledText): string[] {
  return words.filter(wordsIn(`${title} ${text}`));
}
