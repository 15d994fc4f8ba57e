import { isMarking } from './is-marking.ts';

/** A line that stands at the same edge of so many of the pages is set there by the layout, not by the author. */
const REPEATED_SHARE = 0.5;
const LEAST_PAGES = 3;
/** Lines at the top and bottom of a page among which headers and footers are looked for. */
const MARGIN_LINES = 3;
/** Lines there among which they stand, once they are known: on some pages notes are set beside them. */
const WIDE_MARGIN_LINES = 8;
/** A page of fewer lines has little room for a layout: of it only the first and the last line are looked at, */
const LEAST_LINES = 12;
/** and what stands there is the layout's where it does on so many of the pages. */
const SHARE_OF_SHORT = 0.8;

/** Where on pages a line is set by the layout. */
type Edge = 'top' | 'bottom';
/** Headers and footers by where they stand. */
export type Layout = Readonly<Record<Edge, ReadonlySet<string>>>;

/** Headers and footers: lines at the same edge of most pages, alike but for the page's number. */
export function layoutOf(pages: readonly (readonly string[])[]): Layout {
  const filled = pages.map((lines) => lines.filter((line) => line !== '')).filter((lines) => lines.length > 2);
  return { top: repeated(filled, pages.length, 'top'), bottom: repeated(filled, pages.length, 'bottom') };
}

function repeated(filled: readonly (readonly string[])[], pages: number, edge: Edge): ReadonlySet<string> {
  const counts = new Map<string, { full: number; all: number }>();
  for (const lines of filled) {
    const isFull = lines.length >= LEAST_LINES;
    for (const line of new Set(edgeOf(lines, edge, isFull ? MARGIN_LINES : 1).map(maskPage))) {
      const { full, all } = counts.get(line) ?? { full: 0, all: 0 };
      counts.set(line, { full: full + Number(isFull), all: all + 1 });
    }
  }
  const isLayout = ({ full, all }: { full: number; all: number }) =>
    // Two pages of a document of two may begin alike by chance, unless they are full.
    (pages === 2 && full === 2) ||
    (full >= LEAST_PAGES && full >= REPEATED_SHARE * pages) ||
    (all >= LEAST_PAGES && all >= SHARE_OF_SHORT * pages);
  return new Set([...counts].filter(([, count]) => isLayout(count)).map(([line]) => line));
}

function edgeOf<Line>(lines: readonly Line[], edge: Edge, count: number): readonly Line[] {
  return edge === 'top' ? lines.slice(0, count) : lines.slice(Math.max(0, lines.length - count));
}

/**
 * A page without headers, footers and its number, which are looked for at its edges only: what an author says on every page stands in between. A
 * page of nothing else is left as it is.
 */
export function withoutLayout(lines: readonly string[], layout: Layout): string[] {
  const places = lines.flatMap((line, place) => (line === '' ? [] : [place]));
  const margin = places.length >= LEAST_LINES ? WIDE_MARGIN_LINES : MARGIN_LINES;
  const isSet = (place: number, edge: Edge) =>
    layout[edge].has(maskPage(lines[place] ?? '')) || isMarking(lines[place] ?? '');
  const left = new Set<number>();
  for (const edge of ['top', 'bottom'] as const)
    for (const place of edgeOf(places, edge, margin)) if (isSet(place, edge)) left.add(place);
  for (const place of [places[0], places.at(-1)])
    if (place !== undefined && NUMBER_ALONE.test(lines[place] ?? '')) left.add(place);
  return left.size === places.length ? [...lines] : lines.filter((_, place) => !left.has(place));
}

const NUMBER_ALONE = /^\W*(?:page|seite)\s*\d+(?:\s*(?:of|von|\/)\s*\d+)?\W*$/i;

/** What counts pages is the same on each of them but for the number; other lines must be the same in every letter. */
function maskPage(line: string): string {
  return PAGE_NUMBER.test(line) ? line.replace(/\d+/g, '#') : line;
}

/** A name of some words before or after a number is a running head; "Finding 3" is what its page is about. */
const PAGE_NUMBER =
  /\b(?:page|seite)\s+\d|^\W*\d+\W*$|\d+\s*(?:of|\/)\s*\d+|^(?:[^\s\d]+\s+){3,}\d{1,4}$|^\d{1,4}(?:\s+[^\s\d]+){3,}$/i;

/** Lines that belong together: a paragraph ends at an empty line, before a bullet or a numbered heading, or after a short line that ends a sentence. */
export function paragraphsOf(lines: readonly string[]): string[] {
  const paragraphs: string[] = [];
  let held = '';
  const flush = () => {
    if (held !== '') paragraphs.push(held);
    held = '';
  };
  const longest = Math.max(...lines.map(({ length }) => length), 1);
  for (const line of lines) {
    if (line === '' || STARTS_ANEW.test(line)) flush();
    held = join(held, line);
    const isLast = /[.!?:]$/.test(line) && line.length < 0.75 * longest;
    if (isLast || isHeading(line)) flush();
  }
  flush();
  return paragraphs;
}

/** A word that was broken at the end of a line is one word. */
function join(held: string, line: string): string {
  if (held === '' || line === '') return held + line;
  return /[a-z]-$/.test(held) && /^[a-z]/.test(line) ? held.slice(0, -1) + line : `${held} ${line}`;
}

const STARTS_ANEW =
  /^(?:[•▪■●◦‣–-]\s|\(?\d{1,2}[.)]\s|\d+(?:\.\d+)+\s|[A-Z]\.\s|(?:appendix|annex|chapter|table|figure)\s)/i;
const NUMBERED = /^\d{1,2}(?:\.\d{1,2}){0,3}\.?\s+\p{Lu}[^.!?]{2,80}$/u;
const CAPITALS = /^[^a-z]{4,80}$/;

/** What looks like a heading: numbered, or in capitals, and short. */
export function isHeading(line: string): boolean {
  return NUMBERED.test(line) || (CAPITALS.test(line) && /\p{Lu}{4}/u.test(line) && !/[.;,]$/.test(line));
}
