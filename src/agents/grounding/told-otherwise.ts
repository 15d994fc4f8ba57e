import { otherRoleIn } from './date-roles.ts';
import { strangeDecidingWord } from './deciding-words.ts';
import { reversedDirectionIn } from './directions.ts';
import { strangeModalityIn } from './modality.ts';
import { negationScopeOf, oppositeIn } from './negation-scope.ts';
import { BETWEEN_PARTS, says } from './sayings.ts';
import { type Part, wordAt } from './sentence-part.ts';
import { type SentenceWord, sentenceWords } from './sentence-words.ts';
import type { Column, Statement } from './statements.ts';
import { isGerman, synonymsOf } from './synonyms.ts';
import { isTurnedRound } from './word-order.ts';

/** What a part says with the words of a statement that the statement does not say; null where both say the same. `about`: what all is about. */
export function toldOtherwise(part: Part, statement: Statement, about: ReadonlySet<string>): string | null {
  const isKnown = (form: string) => about.has(form) || statement.before?.words.has(form) === true;
  return (
    borrowedIn(part, statement) ??
    oppositeIn(part.words, negationScopeOf(part.text), statement.denial, isKnown) ??
    mixedIn(part, statement) ??
    strangeModalityIn(part.text, statement.text, statement.clauses.length < 2) ??
    otherRoleIn(part.text, statement.text) ??
    otherColumnIn(part, statement) ??
    otherOrderIn(part, statement)
  );
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
  const hasAny = (column: Column) =>
    [...column.words].some((form) => forms.has(form)) || column.sayings.some((one) => says(part.sayings, one));
  const isNamed = ({ name }: Column) =>
    name.size > 0 && [...name].every((form) => forms.has(form) || [...synonymsOf(form)].some((one) => forms.has(one)));
  const other = columns.find((column) => isNamed(column) && !hasAny(column));
  return other === undefined ? null : [...other.name].join(' ');
}
