import { pageRanges } from '../../domain/knowledge/page-ranges.ts';
import { clip } from '../../kernel/clip.ts';

const LONGEST_RANGES = 80;

/** Pages as a subject, with its verb: `page 3 is`, `pages 1-3, 7 are`. */
export function pageWords(pages: readonly number[]): string {
  return pages.length === 1 ? `page ${pages[0]} is` : `pages ${clip(pageRanges(pages), LONGEST_RANGES)} are`;
}
