import type { Finding } from '../domain/assessment/finding-schema.ts';
import { remember } from '../kernel/remember.ts';
import type { FoundPassage } from '../ports/knowledge-index.ts';
import type { PassageStore } from '../ports/passage-store.ts';
import { quotePassage } from './quote-passage.ts';

/** What is looked for in documents. */
export interface ContextSubject extends Pick<Finding, 'vulnerabilityId' | 'affected'> {
  /** The names that CISA gives vendor and product, which are those that people use ("Apache Log4j2"); null where it lists nothing. */
  readonly listedAs?: { readonly vendor: string; readonly product: string } | null;
}

/** Two passages of some 400 characters, which a row of a table takes with the names of its columns: about 250 of the 4,000 tokens that a finding's evidence may have. */
const MOST_PASSAGES = 2;
const LONGEST_TEXT = 400;
const PRODUCTS = 3;
const CANDIDATES = 20;
/** Estates have thousands of findings on a few hundred products. */
const MOST_REMEMBERED = 2000;

/**
 * Finds what the company's documents say of a finding: passages that name its id, then those that name a product of it. By names alone:
 * a passage that is only about something alike would be taken for what the company has decided. A product of one plain word counts where its vendor
 * is named, too ("Google Chrome", not "chrome plating").
 */
export function createContextFinder(
  store: Pick<PassageStore, 'search'>,
): (subject: ContextSubject) => Finding['context'] {
  const findByProducts = remember(
    (products: readonly Product[]): readonly FoundPassage[] => {
      if (products.length === 0) return [];
      const words = products.map(({ name }) => name);
      const found = store.search({ words, ids: [], filters: [], limit: CANDIDATES }, new Map());
      return found.filter((passage) => products.some((product) => isNamedIn(product, passage)));
    },
    (products) => JSON.stringify(products),
    MOST_REMEMBERED,
  );

  return ({ vulnerabilityId, affected, listedAs = null }) => {
    const products = toProducts(affected, listedAs);
    const naming = store.search({ words: [], ids: [vulnerabilityId], filters: [], limit: CANDIDATES }, new Map());
    const others = findByProducts(products).filter(({ id }) => naming.every((one) => one.id !== id));
    const words = [vulnerabilityId.toLowerCase(), ...products.flatMap(({ name }) => name.split(' '))];
    return [...naming.toSorted(inOrder), ...others.toSorted(inOrder)].slice(0, MOST_PASSAGES).map((passage) => {
      const { quotes, page } = quotePassage(passage, words, LONGEST_TEXT);
      // Evidence has one page: what is quoted stands on it.
      const quote = quotes.find((one) => one.page === page) ?? quotes[0];
      return {
        document: passage.document.path,
        title: passage.document.title,
        page: quote?.page ?? passage.page,
        section: passage.section,
        text: quote?.text ?? '',
      };
    });
  };
}

interface Product {
  readonly name: string;
  readonly vendor: string;
}

/** Products by the names that people write: CPE joins words with underscores. */
function toProducts(affected: ContextSubject['affected'], listedAs: ContextSubject['listedAs']): Product[] {
  const own = affected
    .slice(0, PRODUCTS)
    .map(({ vendor, product }) => ({ name: toWords(product), vendor: toWords(vendor) }));
  const listed = (listedAs?.product ?? '')
    .split(/,|\/| and /)
    .map((product) => ({ name: toWords(product), vendor: toWords(listedAs?.vendor ?? '') }))
    .filter(({ name }) => name !== '' && !ANY_PRODUCT.test(name))
    .slice(0, PRODUCTS);
  const known = new Set(own.map(({ name }) => name));
  return [...own, ...listed.filter(({ name }) => !known.has(name))];
}

/** What CISA says where it names none. */
const ANY_PRODUCT = /^(?:multiple|various|several)\b/;

function toWords(name: string): string {
  return name
    .toLowerCase()
    .replace(/[_\\]+/g, ' ')
    .trim();
}

function isNamedIn({ name, vendor }: Product, { text, section, document }: FoundPassage): boolean {
  const all = `${document.title} ${section ?? ''} ${text}`.toLowerCase();
  const isTelling = name.includes(' ') || /\d/.test(name);
  return hasPhrase(all, name) && (isTelling || hasPhrase(all, vendor));
}

function hasPhrase(text: string, phrase: string): boolean {
  const escaped = phrase.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/ +/g, '[\\s_-]+');
  return phrase !== '' && new RegExp(`(?<![\\p{L}\\p{N}])${escaped}(?![\\p{L}\\p{N}])`, 'u').test(text);
}

/** By words, then by place. */
function inOrder(left: FoundPassage, right: FoundPassage): number {
  const byWords = (right.bm25 ?? 0) - (left.bm25 ?? 0);
  if (byWords !== 0) return byWords;
  return left.document.path === right.document.path
    ? left.ordinal - right.ordinal
    : left.document.path < right.document.path
      ? -1
      : 1;
}
