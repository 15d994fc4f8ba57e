import { isStopWord } from '../../knowledge/question-words.ts';
import { formOf, hasDigit, WORD } from '../../knowledge/words-in.ts';

/** A word of a sentence that tells something. */
export interface SentenceWord {
  /** What it is compared by. */
  readonly form: string;
  readonly at: number;
  /** One of a kind that has only one place in a sentence: a name with digits, or the name of somebody or something. */
  readonly kind: 'word' | 'code' | 'name';
}

/** What says which way something goes, though it has no meaning of its own. */
const DIRECTIONS = new Set('from to into before after than over under above below against behind'.split(' '));
/** Verbs that tell nothing in a question, and much in an answer. */
const VERBS = new Set('tell show give list find say know'.split(' '));
/** Numbers have no place in the order of words: they are held against their units. */
const NUMBER =
  /^(?:[\p{N}.,:-]+|one|two|three|four|five|six|seven|eight|nine|ten|twelve|fourteen|fifteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred)$/u;

/** The telling words of a sentence, in their order, and what says which way they relate. */
export function sentenceWords(sentence: string): SentenceWord[] {
  return [...sentence.normalize('NFC').matchAll(WORD)].flatMap(({ 0: word, index }) => {
    const lower = word.toLowerCase();
    if (NUMBER.test(lower) || (isStopWord(lower) && !DIRECTIONS.has(lower) && !VERBS.has(lower))) return [];
    const isName = /^\p{Lu}/u.test(word) && index > 0 && !/[.!?:]\s*["'“]?$/.test(sentence.slice(0, index));
    return [{ form: formOf(lower), at: index, kind: hasDigit(word) ? 'code' : isName ? 'name' : 'word' }];
  });
}

/** Whether a word only says which way others relate. */
export function isDirection({ form }: SentenceWord): boolean {
  return DIRECTIONS.has(form);
}

const TIME_UNITS = new Set(['minute', 'hour', 'day', 'week', 'month', 'year'].map(formOf));

/** Whether a word is the unit of a time, which has its place with its number. */
export function isTimeUnit({ form }: SentenceWord): boolean {
  return TIME_UNITS.has(form);
}
