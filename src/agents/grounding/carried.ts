import { splitSentences } from '../../kernel/split-sentences.ts';
import { missingIn } from './missing-words.ts';
import { BETWEEN_PARTS } from './sayings.ts';
import { type Part, toPart } from './sentence-part.ts';
import { sentenceWords } from './sentence-words.ts';
import { type Statement, statementsOf } from './statements.ts';
import { toldOtherwise } from './told-otherwise.ts';

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
  const missing = missingIn(part, statement, about);
  if (missing.length > 0) return { at, count: 10 * missing.length, what: missing[0] ?? '' };
  const other = toldOtherwise(part, statement, about);
  return other === null ? { at, count: 0, what: '' } : { at, count: 1, what: other };
}
