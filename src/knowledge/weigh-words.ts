import { wordsIn } from './words-in.ts';

/** What of a passage speaks of a question: its document's title, the headings above it, its text. */
export interface Spoken {
  readonly text: string;
  readonly section: string | null;
  readonly document: { readonly title: string };
}

/** What a word weighs less that every passage has, than one that a single passage has. */
const LEAST_WEIGHT = 0.2;

/** What a thing that the question is about weighs where no passage has it: what is said of other things answers nothing. */
const STRANGE_THING = 3;

/**
 * For each passage the share of a question's telling words that it has, 0 to 1: a word counts the less, the more of the passages have it, and one
 * that none has counts as much as the rarest, and three times that where it is one of `things` (Spärck Jones, "A statistical interpretation of term specificity", 1972, among the candidates).
 */
export function shareOfWords(
  words: readonly string[],
  passages: readonly Spoken[],
  things: ReadonlySet<string> = new Set(),
): number[] {
  if (words.length === 0) return passages.map(() => 0);
  const known = passages.map(({ document, section, text }) => wordsIn(`${document.title}\n${section ?? ''}\n${text}`));
  const whole = Math.log(passages.length + 1);
  const weights = words.map((word) => {
    const count = known.filter((has) => has(word)).length;
    if (count === 0 && things.has(word)) return STRANGE_THING;
    const having = Math.max(1, count);
    return LEAST_WEIGHT + (1 - LEAST_WEIGHT) * (Math.log((passages.length + 1) / having) / whole);
  });
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return known.map((has) => {
    const shared = weights.reduce((total, weight, place) => (has(words[place] ?? '') ? total + weight : total), 0);
    return Math.round((shared / sum) * 1e4) / 1e4;
  });
}

/** Whether no passage at all has one of the things that a question is about. */
export function hasStrangeThing(things: ReadonlySet<string>, passages: readonly Spoken[]): boolean {
  const known = passages.map(({ document, section, text }) => wordsIn(`${document.title}\n${section ?? ''}\n${text}`));
  return [...things].some((thing) => !known.some((has) => has(thing)));
}
