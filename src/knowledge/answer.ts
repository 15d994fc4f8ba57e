import { fieldText } from '../domain/knowledge/field-text.ts';
import { isInRanges } from '../domain/knowledge/page-ranges.ts';
import { findIdsIn } from './find-ids-in.ts';
import { namedBy } from './named-by.ts';
import { pagesOfClaim } from './pages-of-claim.ts';
import { isGerman, questionWords } from './question-words.ts';
import { type Quote, quotePassage } from './quote-passage.ts';
import type { RankedPassage } from './retrieve.ts';
import { hasDigit, splitWords, wordsIn } from './words-in.ts';

/** Where a claim of an answer stands in the documents. */
export interface AnswerCitation {
  readonly claim: string;
  readonly document: string;
  readonly title: string;
  /** The page on which the sentence stands that the claim is from. */
  readonly page: number | null;
  readonly section: string | null;
  readonly text: string;
  /** There where the page was read by OCR, which errs at times. */
  readonly ocr?: true;
}

/** A passage as an answer shows it. */
export interface ShownPassage {
  readonly document: string;
  readonly title: string;
  /** The page on which it says most of the question. */
  readonly page: number | null;
  readonly section: string | null;
  readonly score: number;
  readonly why: readonly string[];
  readonly text: string;
  /** There where the page was read by OCR, which errs at times. */
  readonly ocr?: true;
}

/** The document of the outside contract, section 1, `eras ask`. */
export interface Answer {
  readonly question: string;
  readonly answer: string;
  /** Whether the documents speak of it at all. */
  readonly found: boolean;
  readonly source: 'rules' | 'llm';
  readonly citations: readonly AnswerCitation[];
  /** Best first. */
  readonly passages: readonly ShownPassage[];
}

/** Share of the question's telling words that a passage must have to be about it. */
const LEAST_SHARE = 0.5;
/** The same of one that has the name of a host of the question: verbs tell little beside it. */
const LEAST_SHARE_BESIDE_NAME = 0.3;
/** From this similarity on a passage may be about the question in other words; unrelated texts stay below it. */
const LEAST_SIMILARITY = 0.65;
/** The same where the question is about a thing that no document has, or a name that this one has not. */
const LEAST_SIMILARITY_OF_STRANGER = 0.85;
/** Passages by which it is decided whether the documents speak of a question, however many are shown. */
export const DECIDING = 10;
const QUOTED = 2;
const TELLING = 2;
const LONGEST_QUOTE = 600;
/** The answer where the documents do not speak of the question. */
export const NOT_FOUND = 'This is not in the documents.';

/**
 * The answer without a model: the sentences of the best passages that speak of the question, as they stand; of those that are shown where one of them
 * does. `ranked`: as many as decide, so that it does not hang on how many are shown whether there is an answer.
 */
export function answerByQuoting(
  question: string,
  ranked: readonly RankedPassage[],
  shown: readonly RankedPassage[] = ranked,
): Answer {
  const words = questionWords(question);
  const ids = findIdsIn(question);
  // The bundled model's vectors of German texts are all alike.
  const isUnderstood = !isGerman(splitWords(question));
  const speaking = ranked.slice(0, DECIDING).filter((passage) => isAbout(passage, words, ids, isUnderstood));
  const ofShown = speaking.filter(({ id }) => shown.some((one) => one.id === id));
  const about = (ofShown.length > 0 ? ofShown : speaking)
    .map((passage) => ({ passage, count: countIn(passage, words, ids) }))
    .toSorted((left, right) => right.count - left.count);
  const quotes = about
    .filter(({ count }) => count === about[0]?.count)
    .map(({ passage }) => ({ passage, ...quotePassage(passage, words, LONGEST_QUOTE) }))
    .filter(isFirstOfItsText)
    .slice(0, QUOTED);
  return {
    question,
    answer: quotes.length === 0 ? NOT_FOUND : quotes.map(({ text }) => text).join('\n\n'),
    found: quotes.length > 0,
    source: 'rules',
    citations: quotes.flatMap(({ passage, quotes: ofPages, page }) =>
      // What says most comes first.
      ofPages
        .toSorted((left, right) => Number(right.page === page) - Number(left.page === page))
        .flatMap((quote) => pagesOf(quote).map((one) => citeOn(one, quote.text, passage))),
    ),
    passages: shown.map((passage) => {
      const { document, section, score, why, text } = passage;
      const { page } = quotePassage(passage, words, LONGEST_QUOTE);
      return {
        ...ocrMark(document, page),
        ...{ document: document.path, title: document.title, page, section, score, why, text },
      };
    }),
  };
}

/** The same guide may be there in two formats. */
function isFirstOfItsText(
  one: { readonly quotes: readonly Quote[] },
  place: number,
  all: readonly (typeof one)[],
): boolean {
  const wordsOf = ({ quotes }: typeof one) => quotes.flatMap(({ text }) => splitWords(text)).join(' ');
  const text = wordsOf(one);
  return all.findIndex((other) => wordsOf(other) === text) === place;
}

/** The page on which a quote begins, and the one on which it ends. */
function pagesOf({ page, through }: Quote): (number | null)[] {
  return through === undefined ? [page] : [page, through];
}

/** A claim, and the passage that it stands in, once for each page that carries a part of it. */
export function cite(claim: string, passage: RankedPassage): AnswerCitation[] {
  return pagesOfClaim(claim, passage).map((page) => citeOn(page, claim, passage));
}

function citeOn(page: number | null, claim: string, { document, section, text }: RankedPassage): AnswerCitation {
  return { claim, document: document.path, title: document.title, page, section, text, ...ocrMark(document, page) };
}

function ocrMark({ fields }: RankedPassage['document'], page: number | null): { readonly ocr?: true } {
  const pages = fields['ocr'];
  return pages !== undefined && page !== null && isInRanges(page, fieldText(pages)) ? { ocr: true } : {};
}

/** Telling words and ids of a question in the text itself: what only the headings above it share is not said there. */
function countIn(passage: RankedPassage, words: readonly string[], ids: readonly string[]): number {
  const shared = words.filter(wordsIn(passage.text));
  // A name with digits (`hr-db-01`, `7.4.3`) tells more than any word.
  return shared.length + TELLING * shared.filter(hasDigit).length + namedBy(passage, ids).length;
}

/**
 * Whether a passage speaks of a question. Of one that names ids, or things with a digit, it must name one of them, since what is said of another
 * thing answers nothing; of any other it has half of the words, by weight, and the rarest name, or is about the same.
 */
function isAbout(
  passage: RankedPassage,
  words: readonly string[],
  ids: readonly string[],
  isUnderstood: boolean,
): boolean {
  if (ids.length > 0) return namedBy(passage, ids).length > 0;
  const { text, section, document, similarity, share, asksForStranger, lacksName } = passage;
  const names = words.filter(hasDigit);
  if (names.length > 0 && !names.some(wordsIn(`${document.title}\n${section ?? ''}\n${text}`))) return false;
  const least = asksForStranger === true || lacksName === true ? LEAST_SIMILARITY_OF_STRANGER : LEAST_SIMILARITY;
  const leastShare = names.length > 0 ? LEAST_SHARE_BESIDE_NAME : LEAST_SHARE;
  const hasWords = lacksName !== true && words.length > 0 && share >= leastShare;
  return hasWords || (isUnderstood && (similarity ?? 0) >= least);
}
