import { BETWEEN_PARTS, type Saying, sayingsOf } from './sayings.ts';
import { isDirection, isTimeUnit, type SentenceWord, sentenceWords } from './sentence-words.ts';

/** A part of a sentence that says something of its own. */
export interface Clause {
  readonly words: ReadonlySet<string>;
  readonly sayings: readonly Saying[];
}

/** The clauses of a sentence of a passage, the first of which may say what all are about; items of a list are none. */
export function clausesOf(sentence: string, startsWithName = false): Clause[] {
  const clauses: Clause[] = [];
  let held = '';
  const parts = sentence.split(BETWEEN_PARTS);
  const isParallel = startsWithName || parts.slice(1).some((part) => /^\p{Lu}\p{Ll}/u.test(part));
  for (const part of parts) {
    const text = held === '' ? part : `${held}, ${part}`;
    const clause = toClause(text, text !== sentence.slice(0, text.length) || isParallel);
    // What says nothing that could be mixed up belongs to what comes next.
    if (clause.sayings.length === 0) {
      held = text;
      continue;
    }
    held = '';
    const last = clauses.at(-1);
    const values = new Set(clause.sayings.map(({ value }) => value));
    const isItem = [...clause.words].every((word) => values.has(word));
    if (last !== undefined && isItem && !hasTwoKinds(clause)) clauses[clauses.length - 1] = join(last, clause);
    else clauses.push(clause);
  }
  const last = clauses.at(-1);
  if (held !== '' && last !== undefined) clauses[clauses.length - 1] = join(last, toClause(held, false));
  return clauses;
}

const hasTwoKinds = ({ sayings }: Clause) => new Set(sayings.map(({ kind }) => kind)).size > 1;

function join(left: Clause, right: Clause): Clause {
  return { words: new Set([...left.words, ...right.words]), sayings: [...left.sayings, ...right.sayings] };
}

/** `startsWithName`: whether its first word, which any sentence writes large, is a name. */
export function toClause(text: string, startsWithName: boolean): Clause {
  const isNameFirst = startsWithName && /^\p{Lu}/u.test(text);
  const words = sentenceWords(text)
    .filter((word) => !isDirection(word) && !isTimeUnit(word))
    .map(
      (word): SentenceWord => (isNameFirst && word.at === 0 && word.kind === 'word' ? { ...word, kind: 'name' } : word),
    );
  return { words: new Set(words.map(({ form }) => form)), sayings: sayingsOf(text, words) };
}
