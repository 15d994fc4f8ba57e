import { wordsIn } from './words-in.ts';

/** What of a passage speaks of a question: its document's title, the headings above it, its text. */
export interface Spoken {
  readonly text: string;
  readonly section: string | null;
  readonly document: { readonly title: string };
}

const WORDS = new WeakMap<Spoken, (word: string) => boolean>();

/** Tells of words whether a passage has them; its words are read once. */
export function wordsOf(passage: Spoken): (word: string) => boolean {
  const { document, section, text } = passage;
  const known = WORDS.get(passage) ?? wordsIn(`${document.title}\n${section ?? ''}\n${text}`);
  WORDS.set(passage, known);
  return known;
}

/** What a word weighs less that every passage has, than one that a single passage has. */
const LEAST_WEIGHT = 0.2;

/** What a thing that the question is about weighs where no passage has it: what is said of other things answers nothing. */
const STRANGE_THING = 3;

/** How the words of a question stand in passages. */
export interface WeighedWords {
  /** For each passage the share of the words that it has, 0 to 1. */
  readonly shares: readonly number[];
  /** Whether no passage at all has one of the things that the question is about. */
  readonly hasStrangeThing: boolean;
}

/**
 * Weighs a question's telling words: a word counts the less, the more of the passages have it, and one
 * that none has counts as much as the rarest, and three times that where it is one of `things` (Spärck Jones, "A statistical interpretation of term specificity", 1972, among the candidates).
 */
export function weighWords(
  words: readonly string[],
  passages: readonly Spoken[],
  things: ReadonlySet<string> = new Set(),
): WeighedWords {
  const known = passages.map(wordsOf);
  const hasStrangeThing = [...things].some((thing) => !known.some((has) => has(thing)));
  if (words.length === 0) return { shares: passages.map(() => 0), hasStrangeThing };
  const whole = Math.log(passages.length + 1);
  const having = words.map((word) => known.map((has) => has(word)));
  const weights = words.map((word, place) => {
    const count = having[place]?.filter(Boolean).length ?? 0;
    if (count === 0 && things.has(word)) return STRANGE_THING;
    return LEAST_WEIGHT + (1 - LEAST_WEIGHT) * (Math.log((passages.length + 1) / Math.max(1, count)) / whole);
  });
  const sum = weights.reduce((total, weight) => total + weight, 0);
  const shares = passages.map((_, passage) => {
    const shared = weights.reduce((total, weight, place) => (having[place]?.[passage] ? total + weight : total), 0);
    return Math.round((shared / sum) * 1e4) / 1e4;
  });
  return { shares, hasStrangeThing };
}
