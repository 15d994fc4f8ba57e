import type { Passage } from './document.ts';

/** The page on which a character of a passage stands; null where the format has none. */
export function pageAt({ page, pages = [] }: Pick<Passage, 'page' | 'pages'>, at: number): number | null {
  return pages.findLast((start) => start.at <= at)?.page ?? page;
}
