import type { Passage } from '../domain/knowledge/document.ts';
import { pageAt } from '../domain/knowledge/page-at.ts';
import { clip } from '../kernel/clip.ts';
import { sentenceSpans } from '../kernel/split-sentences.ts';
import { asideKindOf, asksForContact } from './asides.ts';
import { codesIn, refersBack } from './following-sentence.ts';
import { CELL } from './name-cells.ts';
import { hasDigit, wordsIn } from './words-in.ts';

/** What a passage says of a question, on one page. */
export interface Quote {
  readonly text: string;
  /** The page on which it stands; null where the format has none. */
  readonly page: number | null;
  /** The page on which it ends, where that is another one. */
  readonly through?: number;
}

/** Quotes of one passage. */
export interface Quoted {
  /** In the order of the text, one for each page. */
  readonly quotes: readonly Quote[];
  /** The page of the sentence that says most. */
  readonly page: number | null;
  /** All of them, with "…" where text of the passage is left out between two. */
  readonly text: string;
}

type Quotable = Pick<Passage, 'text' | 'page' | 'pages'>;

const MOST_SENTENCES = 3;

/** Sentences after one that is quoted which go on with it: two of them say who, when and what came of it. */
const MOST_FOLLOWING = 2;

/** Of so few nothing is left out: what one of them speaks of, the other is about. */
const WHOLE = 2;

/** A name with digits tells more than all other words of a sentence together. */
const OF_NAME = 8;

/**
 * The sentences or rows of a passage with most of the words, in the order in which they stand; all of it where it is one or two on one page. Words that
 * few of its sentences have count more, names with digits most. Numbers of pages, and lines on whom to contact that nobody asked for, are
 * quoted only where there is nothing else.
 */
export function quotePassage(passage: Quotable, words: readonly string[], longest: number): Quoted {
  const all = sentencesOf(passage);
  const sentences = withoutAsides(all, words);
  if (sentences.length <= WHOLE && passage.text.length <= longest / 2 && passage.pages === undefined) {
    const text = sentences.length === all.length ? passage.text : textOf(sentences);
    return { quotes: [{ text, page: passage.page }], page: passage.page, text };
  }
  const weighed = weigh(sentences, words);
  const most = Math.max(...weighed.map(({ weight }) => weight));
  const best = weighed
    .filter(({ weight }) => 2 * weight >= most)
    .toSorted((left, right) => right.weight - left.weight || left.at - right.at)
    .slice(0, MOST_SENTENCES);
  // Where no sentence has a word, none is the one that speaks of it.
  const page = most > 0 ? (best[0]?.page ?? passage.page) : passage.page;
  const told = withFollowing(sentences, new Set(best.map(({ at }) => at)));
  return { ...quotesOf(told, all, longest), page };
}

/** What was chosen, and sentences that go on with it. */
function withFollowing(sentences: readonly Sentence[], chosen: ReadonlySet<number>): Sentence[] {
  const following = sentences.flatMap(({ at, text }, place) =>
    chosen.has(at) ? followingOf(text, sentences.slice(place + 1)) : [],
  );
  const more = new Set(following.filter(({ at }) => !chosen.has(at)).slice(0, MOST_FOLLOWING));
  return sentences.filter((one) => chosen.has(one.at) || more.has(one));
}

function followingOf(text: string, rest: readonly Sentence[]): Sentence[] {
  const codes = codesIn(text);
  const end = rest.findIndex((one) => !refersBack(one.text));
  const naming = rest.filter((one) => codesIn(one.text).some((code) => codes.includes(code)));
  return [...rest.slice(0, end < 0 ? undefined : end), ...naming];
}

interface Sentence extends Quote {
  /** Where it stands in the text. */
  readonly at: number;
}

function sentencesOf(passage: Quotable): Sentence[] {
  return linesOf(passage).flatMap(({ at: from, text: line }) =>
    sentenceSpans(line).map(({ at: within, text }) => {
      const at = from + within;
      const [page, last] = [pageAt(passage, at), pageAt(passage, at + text.length - 1)];
      return {
        text: text.replace(/\s+/g, ' '),
        at,
        page,
        ...(last === null || last === page ? {} : { through: last }),
      };
    }),
  );
}

/** The lines of a passage; one that goes on where a page ends has a space there. */
function linesOf(passage: Quotable): { readonly at: number; readonly text: string }[] {
  const text = passage.text.replace(/\n+/g, (gap, at: number) =>
    isInSentence(passage, at, gap) ? ' '.repeat(gap.length) : gap,
  );
  return [...text.matchAll(/[^\n]+/g)].map(({ index, 0: line }) => ({ at: index, text: line }));
}

/** Whether a page ends there within a sentence: a page's end is no sentence's, but rows of tables and items of lists end with their line. */
function isInSentence({ text, pages = [] }: Quotable, index: number, gap: string): boolean {
  const next = index + gap.length;
  if (!gap.includes('\n') || !pages.some(({ at }) => at === next)) return false;
  const before = text.slice(text.lastIndexOf('\n', index - 1) + 1, index);
  const after = text.slice(next).split('\n', 1)[0] ?? '';
  return /[\p{L}\p{N},–-]$/u.test(before) && /^[\p{L}\p{N}("“]/u.test(after) && !`${before}${after}`.includes(' | ');
}

/** Asides are left out where what is left speaks of any of the words, and layout wherever anything is left. */
function withoutAsides(sentences: readonly Sentence[], words: readonly string[]): readonly Sentence[] {
  const kinds = new Map(sentences.map((sentence) => [sentence, asideKindOf(sentence.text)]));
  const said = sentences.filter((sentence) => kinds.get(sentence) !== 'layout');
  const own = asksForContact(words) ? said : said.filter((sentence) => kinds.get(sentence) === null);
  const kept = own.length > 0 && (own.length === said.length || words.some(wordsIn(textOf(own)))) ? own : said;
  return kept.length > 0 ? kept : sentences;
}

const isRow = (text: string) => text.includes(CELL);

const textOf = (sentences: readonly Sentence[]) => sentences.map(({ text }) => text).join('\n');

function weigh(sentences: readonly Sentence[], words: readonly string[]): (Sentence & { readonly weight: number })[] {
  const known = sentences.map(({ text }) => words.map(wordsIn(text)));
  const weights = words.map((word, at) => {
    const having = known.filter((has) => has[at]).length;
    return (hasDigit(word) ? OF_NAME : 1) * (1 + 1 / Math.max(1, having));
  });
  return sentences.map((sentence, place) => ({
    ...sentence,
    weight: weights.reduce((sum, weight, at) => (known[place]?.[at] ? sum + weight : sum), 0),
  }));
}

/** One quote for each page, in all no longer than it may be. */
function quotesOf(told: readonly Sentence[], all: readonly Sentence[], longest: number): Omit<Quoted, 'page'> {
  const quotes: Quote[] = [];
  let whole = '';
  for (const [order, { text, page, through }] of told.entries()) {
    const last = quotes.at(-1);
    const joint = order === 0 ? '' : jointOf(told[order - 1], told[order], all);
    const own = clip(text, longest - whole.length);
    const ends = through === undefined ? {} : { through };
    whole += joint + own;
    if (last?.page === page) quotes[quotes.length - 1] = { text: `${last.text}${joint}${own}`, page, ...ends };
    else quotes.push({ text: own, page, ...ends });
    if (whole.length >= longest) break;
  }
  return { quotes, text: whole };
}

/** What stands between two sentences: the ellipsis says that text is left out there. */
function jointOf(before: Sentence | undefined, after: Sentence | undefined, all: readonly Sentence[]): string {
  if (before === undefined || after === undefined) return '';
  const placeOf = ({ at }: Sentence) => all.findIndex((one) => one.at === at);
  if (placeOf(before) !== placeOf(after) - 1) return ' … ';
  return isRow(before.text) || isRow(after.text) ? '\n' : ' ';
}
