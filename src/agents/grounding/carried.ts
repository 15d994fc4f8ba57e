import { splitSentences } from '../../kernel/split-sentences.ts';
import { formOf } from '../../knowledge/words-in.ts';
import { otherRoleIn } from './date-roles.ts';
import { isDeciding, strangeDecidingWord } from './deciding-words.ts';
import { reversedDirectionIn } from './directions.ts';
import { strangeModalityIn } from './modality.ts';
import { isForbidding, negationScopeOf, oppositeIn } from './negation-scope.ts';
import { BETWEEN_PARTS, type Saying, sayingsOf, says } from './sayings.ts';
import { isDirection, isTimeUnit, type SentenceWord, sentenceWords } from './sentence-words.ts';
import { type Statement, statementsOf } from './statements.ts';
import { isFiller, isGerman, synonymsOf } from './synonyms.ts';
import { isTurnedRound } from './word-order.ts';

/** Of so many telling words of a sentence one may be in other words than the passage's. */
const WORDS_FOR_ONE_OF_ITS_OWN = 12;

/** A part of a model's sentence. */
interface Part {
  readonly text: string;
  readonly words: readonly SentenceWord[];
  readonly sayings: readonly Saying[];
}

/** What a statement lacks of what a part says. */
interface Lack {
  /** The statement's place. */
  readonly at: number;
  /** How much: 0 where it carries the part. */
  readonly count: number;
  readonly what: string;
}

/**
 * What a sentence says that no single statement of a passage (a sentence, or a row of a table with the names of its columns) says: all telling words of a sentence, or of each of
 * its parts, must stand in one statement, or in it and the one before to which it refers, under the same "not", as the same must, may or will, and in a row in
 * the column that is named. `place`: title and section, which name what all is about. Null where all is said.
 */
export function uncarriedIn(text: string, own: string, place: string): string | null {
  const statements = statementsOf(own);
  const about = new Set(sentenceWords(place).map(({ form }) => form));
  for (const sentence of splitSentences(text)) {
    if (statements.some((one) => one.text === sentence)) continue;
    const whole = lackOf(toPart(sentence), statements, about);
    if (whole === null) continue;
    const parts = partsIn(sentence)
      .map(toPart)
      .filter(({ words, sayings }) => words.length + sayings.length > 0);
    if (parts.length < 2) return whole;
    const lacking = lackOfParts(parts, statements, about);
    if (lacking !== null) return lacking;
  }
  return null;
}

/** What says when or for whom the rest is so belongs to what follows it. */
const QUALIFIES =
  /^(?:if|where|when|for|in|on|at|after|before|unless|during|with|within|by|under|from|since|until|as|wenn|falls|für|bei|nach|vor|während|im|am|bis|seit|ab)(?!\p{L})/iu;

function partsIn(sentence: string): string[] {
  const parts: string[] = [];
  let held = '';
  for (const part of sentence.split(BETWEEN_PARTS)) {
    const text = held === '' ? part : `${held}, ${part}`;
    held = parts.length === 0 && QUALIFIES.test(text) && held === '' ? text : '';
    if (held === '') parts.push(text);
  }
  return held === '' ? parts : [...parts, held];
}

function toPart(text: string): Part {
  const words = sentenceWords(text).filter((word) => !isDirection(word) && !isTimeUnit(word));
  return { text, words, sayings: sayingsOf(text, words) };
}

function lackOf(part: Part, statements: readonly Statement[], about: ReadonlySet<string>): string | null {
  return worstOf(statements.map((one, at) => lackIn(part, one, at, about)));
}

/** Parts without a subject of their own are about what the part before is about: they stand in the same statement or beside it. */
function lackOfParts(
  parts: readonly Part[],
  statements: readonly Statement[],
  about: ReadonlySet<string>,
): string | null {
  let places: readonly number[] | null = null;
  for (const part of parts) {
    const near: readonly number[] | null = places !== null && !hasSubject(part) ? places : null;
    const lacks: readonly (Lack | null)[] = statements.map((one, at) =>
      near === null || near.some((place) => Math.abs(at - place) <= 1) ? lackIn(part, one, at, about) : null,
    );
    const carrying: readonly number[] = lacks.flatMap((lack) => (lack?.count === 0 ? [lack.at] : []));
    if (carrying.length === 0) return worstOf(lacks) ?? part.text;
    places = carrying;
  }
  return null;
}

const hasSubject = ({ text, sayings }: Part) =>
  sayings.some(({ kind }) => kind === 'code' || kind === 'name') ||
  /^(?:the|an?|all|no|every|each|der|die|das|ein|eine)\b/iu.test(text.trim());

/** What the nearest statement lacks; null where one carries all. */
function worstOf(lacks: readonly (Lack | null)[]): string | null {
  const known = lacks.filter((one) => one !== null).toSorted((left, right) => left.count - right.count);
  const [nearest] = known;
  if (nearest === undefined) return 'what no sentence of the passage says';
  return nearest.count === 0 ? null : nearest.what;
}

function lackIn(part: Part, statement: Statement, at: number, about: ReadonlySet<string>): Lack {
  const strange = part.words.filter((word) => !isCovered(word, part, statement, about));
  const values = part.sayings.filter((one) => isValue(one) && !holds(statement, one));
  const missing = [
    ...strange.map((word) => ({ what: wordAt(part.text, word), isFree: isFree(word, part.text) })),
    ...values.map(({ value }) => ({ what: value, isFree: false })),
  ];
  const allowed = part.words.length >= WORDS_FOR_ONE_OF_ITS_OWN ? 1 : 0;
  const isLenient = missing.length <= allowed && missing.every(({ isFree: free }) => free);
  if (missing.length > 0 && !isLenient) return { at, count: 10 * missing.length, what: missing[0]?.what ?? '' };
  const other =
    borrowedIn(part, statement) ??
    oppositeIn(
      part.words,
      negationScopeOf(part.text),
      statement.denial,
      (form) => about.has(form) || statement.before?.words.has(form) === true,
    ) ??
    mixedIn(part, statement) ??
    strangeModalityIn(part.text, statement.text, statement.clauses.length < 2) ??
    otherRoleIn(part.text, statement.text) ??
    otherColumnIn(part, statement) ??
    otherOrderIn(part, statement);
  return other === null ? { at, count: 0, what: '' } : { at, count: 1, what: other };
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

const wordAt = (text: string, { at }: SentenceWord) =>
  /^[\p{L}\p{N}](?:[\p{L}\p{N}._-]*[\p{L}\p{N}])?/u.exec(text.normalize('NFC').slice(at))?.[0] ?? '';

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

/** What is only said in the sentence before may name who or what is meant, and not what is said of it: no more names of several words than words of its own. */
function borrowedIn(part: Part, { words, sayings, before }: Statement): string | null {
  if (before === null) return null;
  // At the start of a sentence a name looks like any word.
  const isName = ({ form, kind }: SentenceWord) =>
    kind !== 'word' || [...sayings, ...before.sayings].some(({ kind: one, value }) => one === 'name' && value === form);
  const isOwn = ({ form }: SentenceWord) => words.has(form) || [...synonymsOf(form)].some((one) => words.has(one));
  const plain = part.words.filter((word) => !isName(word));
  const borrowed = plain.filter((word) => !isOwn(word) && before.words.has(word.form));
  const ends = new Set(borrowed.map((word) => word.at + wordAt(part.text, word).length + 1));
  const [first] = borrowed;
  const runs = borrowed.filter(({ at }) => !ends.has(at)).length;
  // A name of the sentence before in the place of its own.
  const foreign = part.words.find((word) => word.kind === 'name' && !isOwn(word));
  const spoken = new Set(part.words.map(({ form }) => form));
  const names = sayings.filter(({ kind }) => kind === 'name');
  if (foreign !== undefined && names.length > 0 && !names.some(({ value }) => spoken.has(value)))
    return wordAt(part.text, foreign);
  return first === undefined || runs <= plain.filter(isOwn).length ? null : wordAt(part.text, first);
}

/** Words of two clauses of a sentence that have a subject each, where a part has but one: "A requests it and B approves it" does not say that A approves. */
function mixedIn(part: Part, { clauses }: Statement): string | null {
  if (clauses.length < 2) return null;
  for (const text of part.text.split(BETWEEN_PARTS)) {
    const words = sentenceWords(text);
    const only = clauses.map((clause) =>
      words.filter(({ form }) => clause.has(form) && clauses.every((one) => one === clause || !one.has(form))),
    );
    const used = only.filter((some) => some.length > 0).toSorted((left, right) => left.length - right.length);
    const [strange] = used[0] ?? [];
    if (used.length > 1 && strange !== undefined) return wordAt(text, strange);
  }
  return null;
}

/** Words that decide, and the order of all of them. A row has no order of words, and German another one than English for the same. */
function otherOrderIn({ text }: Part, { text: told, columns }: Statement): string | null {
  if (columns.length > 0) return null;
  const word = strangeDecidingWord(text, told) ?? reversedDirectionIn(text, told);
  if (word !== null) return word;
  return !isGerman(told) && isTurnedRound(text, told) ? text.trim() : null;
}

/** A column that is named, where its cell is not what is said. */
function otherColumnIn(part: Part, { columns }: Statement): string | null {
  const forms = new Set(part.words.map(({ form }) => form));
  const hasAny = (column: Statement['columns'][number]) =>
    [...column.words].some((form) => forms.has(form)) || column.sayings.some((one) => says(part.sayings, one));
  const isNamed = ({ name }: Statement['columns'][number]) =>
    name.size > 0 && [...name].every((form) => forms.has(form) || [...synonymsOf(form)].some((one) => forms.has(one)));
  const other = columns.find((column) => isNamed(column) && !hasAny(column));
  return other === undefined ? null : [...other.name].join(' ');
}
