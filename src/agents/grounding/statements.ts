import { remember } from '../../kernel/remember.ts';
import { splitSentences } from '../../kernel/split-sentences.ts';
import { type NegationScope, negationScopeOf } from './negation-scope.ts';
import { type Saying, sayingsOf } from './sayings.ts';
import { type SentenceWord, sentenceWords } from './sentence-words.ts';

/** What a text says in one place: a sentence, or a row of a table. */
export interface Statement {
  readonly text: string;
  /** Words of its own, those of names among them. */
  readonly words: ReadonlySet<string>;
  readonly sayings: readonly Saying[];
  /** What it takes from the sentence before it, to which a pronoun refers. */
  readonly before: { readonly words: ReadonlySet<string>; readonly sayings: readonly Saying[] } | null;
  /** Of a row, its cells by their column's words. */
  readonly columns: readonly Column[];
  readonly denial: NegationScope;
  /** Words of its clauses that have a subject and a verb of their own, where it has several. */
  readonly clauses: readonly ReadonlySet<string>[];
}

/** A cell of a row with what its column is called. */
export interface Column {
  readonly name: ReadonlySet<string>;
  readonly words: ReadonlySet<string>;
  readonly sayings: readonly Saying[];
}

/** A cell with the name of its column, as rows of documents are kept. */
const NAMED = /^[^|]{1,80}?:\s/;
const CELLS = /\s+\|\s+/;
/** What refers to the sentence before: a pronoun, or an article in its place at the beginning. */
const REFERS =
  /(?<!\p{L})(?:it|its|they|them|their|he|him|his|she|her|er|sie|es|ihn|ihm|ihr|ihre[mnrs]?|seine?[mnrs]?)(?!\p{L})|^(?:this|these|that|those|the (?:former|latter)|dies|diese[mnrs]?|der|die|das)(?!\p{L})/iu;

/** Passages of which the statements are remembered: of one answer. */
const MOST_REMEMBERED = 32;

/** The statements of a document's own text: its sentences, and the rows of its tables with the names of their columns. */
export const statementsOf = remember(readStatements, (own: string) => own, MOST_REMEMBERED);

function readStatements(own: string): readonly Statement[] {
  const statements: Statement[] = [];
  let header: string[] | null = null;
  for (const line of joinLines(own)) {
    const cells = line
      .replace(/^\||\|$/g, ' ')
      .trim()
      .split(CELLS);
    if (cells.length > 1) {
      if (cells.some((cell) => NAMED.test(cell))) statements.push(toRow(...namedCells(cells)));
      else if (header?.length === cells.length) statements.push(toRow(header, cells));
      else header = cells;
      continue;
    }
    header = null;
    for (const sentence of splitSentences(line)) {
      const last = REFERS.test(sentence) ? statements.at(-1) : undefined;
      statements.push(toStatement(sentence, last ?? null));
    }
  }
  return statements;
}

/** Lines of a page end in the middle of sentences: what goes on in small letters belongs to the line before. */
function joinLines(own: string): string[] {
  return own.replace(/(?<=[^.!?:|\n])[ \t]*\n(?=[ \t]*[\p{Ll}\p{N}("“„'][^|\n]*(?:\n|$))/gu, ' ').split('\n');
}

function namedCells(cells: readonly string[]): [header: string[], cells: string[]] {
  const [header, values]: [string[], string[]] = [[], []];
  for (const cell of cells) {
    // A column without a name has none.
    const end = NAMED.exec(cell)?.[0].length ?? 0;
    header.push(cell.slice(0, end).replace(/:\s$/, ''));
    values.push(cell.slice(end).trim());
  }
  return [header, values];
}

function toStatement(text: string, before: Statement['before']): Statement {
  const words = sentenceWords(text);
  return {
    text,
    words: formsOf(words),
    sayings: sayingsOf(text, words),
    before,
    columns: [],
    denial: negationScopeOf(text),
    clauses: clausesOf(text),
  };
}

const BETWEEN_CLAUSES = /(?:,|;)?\s+(?:and|but|while|whereas|or|und|aber|während)\s+|[;,]\s+/iu;
const HAS_SUBJECT = /^(?:[Tt]he|[Aa]n?|its|their|his|her|each|all|every|no)\b|^\p{Lu}|^\S*\p{N}/u;
const HAS_VERB =
  /\b(?:is|are|was|were|must|may|can|has|have|had|will|shall|should|does|do)\b|\b(?!(?:second|minute|hour|day|night|week|month|quarter|year)s\b)\p{L}+(?:s|ed) (?:it|them|him|her|the|an?|to|by|in|on|at|within|until|for|from|every|all)\b/iu;

function clausesOf(sentence: string): ReadonlySet<string>[] {
  const clauses = sentence.split(BETWEEN_CLAUSES).filter((clause) => HAS_VERB.test(clause));
  const ownOnes = clauses.filter((clause) => HAS_SUBJECT.test(clause));
  return ownOnes.length < 2 || ownOnes.length < clauses.length
    ? []
    : ownOnes.map((clause) => formsOf(sentenceWords(clause)));
}

function toRow(header: readonly string[], cells: readonly string[]): Statement {
  const columns = cells.map((cell, place): Column => {
    const words = sentenceWords(cell);
    return {
      name: formsOf(sentenceWords(header[place] ?? '')),
      words: formsOf(words),
      sayings: sayingsOf(cell, words),
    };
  });
  const text = cells.map((cell, place) => `${header[place]}: ${cell}`).join('; ');
  return { ...toStatement(text, null), columns };
}

function formsOf(words: readonly SentenceWord[]): ReadonlySet<string> {
  return new Set(words.map(({ form }) => form));
}
