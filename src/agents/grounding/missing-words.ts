import { formOf } from '../../knowledge/words-in.ts';
import { isDeciding } from './deciding-words.ts';
import { isForbidding } from './negation-scope.ts';
import type { Saying } from './sayings.ts';
import { type Part, wordAt } from './sentence-part.ts';
import type { SentenceWord } from './sentence-words.ts';
import type { Statement } from './statements.ts';
import { isFiller, synonymsOf } from './synonyms.ts';

/** Of so many telling words of a sentence one may be in other words than the passage's. */
const WORDS_FOR_ONE_OF_ITS_OWN = 12;

/** The words and values of a part that a statement does not have, in these or equal words; empty where they are few enough. `about`: what all is about. */
export function missingIn(part: Part, statement: Statement, about: ReadonlySet<string>): string[] {
  const strange = part.words.filter((word) => !isCovered(word, part, statement, about));
  const values = part.sayings.filter((one) => isValue(one) && !holds(statement, one));
  const missing = [
    ...strange.map((word) => ({ what: wordAt(part.text, word), isFree: isFree(word, part.text) })),
    ...values.map(({ value }) => ({ what: value, isFree: false })),
  ];
  const allowed = part.words.length >= WORDS_FOR_ONE_OF_ITS_OWN ? 1 : 0;
  const isLenient = missing.length <= allowed && missing.every(({ isFree: free }) => free);
  return isLenient ? [] : missing.map(({ what }) => what);
}

/** What must be there, or may be done only with it, is needed. */
const DUTY = /\b(?:must|shall|only|have to|mandatory)\b/i;
const NEEDS = new Set(['need', 'require', 'required'].map(formOf));

function isCovered(
  word: SentenceWord,
  { text }: Part,
  { text: told, words, before, denial }: Statement,
  about: ReadonlySet<string>,
): boolean {
  const { form, kind } = word;
  const has = (one: string) => words.has(one) || before?.words.has(one) === true || about.has(one);
  if (has(form)) return true;
  if (kind !== 'word') {
    const token = wordAt(text, word).toLowerCase();
    // A version is held among what is said.
    return (
      /^v?\d+(?:\.\d+)+$/.test(token) || has(token) || isTechniqueOf(token, words) || partsOf(text, word).every(has)
    );
  }
  if (
    isFiller(form) ||
    isDeciding(form) ||
    (NEEDS.has(form) && DUTY.test(told)) ||
    (denial.words.size > 0 && isForbidding(word, text))
  )
    return true;
  return [...synonymsOf(form)].some(has) || partsOf(text, word).every(has);
}

/** Who names a sub-technique names its technique. */
const isTechniqueOf = (token: string, words: ReadonlySet<string>) =>
  /^t\d{4}$/.test(token) && [...words].some((one) => one.startsWith(`${token}.`));

/** The parts of a name with hyphens, which are words elsewhere; of others itself. */
function partsOf(text: string, word: SentenceWord): string[] {
  return wordAt(text, word).toLowerCase().split(/[-_]/).map(formOf);
}

/** Whether a word may be another one than the passage's where the rest of a long sentence stands there: no name, and none that says how. */
const isFree = (word: SentenceWord, text: string) =>
  word.kind === 'word' && /^\p{Ll}+$/u.test(wordAt(text, word)) && !/ly$/.test(wordAt(text, word));

const isValue = ({ kind }: Saying) => kind !== 'code' && kind !== 'name';

function holds({ sayings, before }: Statement, saying: Saying): boolean {
  const isSame = (one: Saying) =>
    one.kind === saying.kind &&
    (one.value === saying.value ||
      (saying.kind === 'date' && (one.value.startsWith(saying.value) || one.value.endsWith(saying.value))));
  return sayings.some(isSame) || (before?.sayings.some(isSame) ?? false);
}
