import type { Passage } from '../domain/knowledge/document.ts';
import { questionWords } from './question-words.ts';
import { quotePassage } from './quote-passage.ts';
import { hasDigit, wordsIn } from './words-in.ts';

/** A sentence that needs more pages than that is about the whole document. */
const MOST_PAGES = 3;
/** Words of a claim by which a further page carries a part of it; one of them may be there by chance, unless it is a name or has a digit. */
const LEAST_MORE = 2;

/**
 * The pages of a passage on which a claim stands: first that of the sentence that is nearest to it, then those that have what is not said on the pages
 * before; a page on which the sentence only ends needs one word. Null where the format has no pages.
 */
export function pagesOfClaim(claim: string, passage: Pick<Passage, 'text' | 'page' | 'pages'>): (number | null)[] {
  const words = questionWords(claim);
  const { page: first, quotes } = quotePassage(passage, words, passage.text.length);
  if (first === null || passage.pages === undefined) return [first];
  const through = quotes.find(({ page }) => page === first)?.through;
  const names = new Set([...claim.matchAll(NAME)].map(([name]) => name.toLowerCase()));
  const isTelling = (word: string) => hasDigit(word) || names.has(word);
  const having = new Map(textsByPage(passage).map(({ page, text }) => [page, words.filter(wordsIn(text))]));
  const pages = [first];
  while (pages.length < MOST_PAGES) {
    const said = new Set(pages.flatMap((page) => having.get(page) ?? []));
    const [next] = [...having]
      .map(([page, own]) => ({ page, more: own.filter((word) => !said.has(word)) }))
      .filter(({ page, more }) => more.length >= (page === through ? 1 : LEAST_MORE) || more.some(isTelling))
      .toSorted((left, right) => right.more.length - left.more.length || left.page - right.page);
    if (next === undefined) break;
    pages.push(next.page);
  }
  return pages;
}

/** A capital within a sentence. */
const NAME = /(?<=[^.!?:\s]\s+)\p{Lu}(?:[\p{L}\p{N}._-]*[\p{L}\p{N}])?/gu;

function textsByPage({ text, pages = [] }: Pick<Passage, 'text' | 'pages'>): { page: number; text: string }[] {
  return pages.map(({ at, page }, place) => ({ page, text: text.slice(at, pages[place + 1]?.at) }));
}
