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
/** Headers and footers by where they stand, and by how much more the numbers there count than pages do; null where they count none. */
export interface Layout extends Readonly<Record<Edge, ReadonlySet<string>>> {
  readonly numbering: Readonly<Record<Edge, number | null>>;
  /** What stands beside such numbers on several pages: three words at least, since "Finding 3" is what its page is about. */
  readonly heads: Readonly<Record<Edge, ReadonlySet<string>>>;
}

/** Headers and footers: lines at the same edge of most pages, alike but for the page's number. */
export function layoutOf(pages: readonly (readonly string[])[]): Layout {
  const filled = pages.map((lines) => lines.filter((line) => line !== '')).filter((lines) => lines.length > 2);
  return {
    top: repeated(filled, pages.length, 'top'),
    bottom: repeated(filled, pages.length, 'bottom'),
    numbering: { top: numberingOf(pages, 'top'), bottom: numberingOf(pages, 'bottom') },
    heads: { top: headsOf(pages, 'top'), bottom: headsOf(pages, 'bottom') },
  };
}

/** Running heads change with the chapter; the number in them counts the pages: the difference that most pages have. */
function numberingOf(pages: readonly (readonly string[])[], edge: Edge): number | null {
  const counts = new Map<number, number>();
  for (const [index, lines] of pages.entries())
    for (const number of numbersAtEnds(outermost(lines, edge) ?? '')) {
      const more = number - index - 1;
      counts.set(more, (counts.get(more) ?? 0) + 1);
    }
  const [most] = [...counts].toSorted(([, left], [, right]) => right - left);
  const isUsual = most !== undefined && most[1] >= LEAST_PAGES && most[1] >= REPEATED_SHARE * pages.length;
  return isUsual ? most[0] : null;
}

const LEAST_WORDS = 3;

function headsOf(pages: readonly (readonly string[])[], edge: Edge): ReadonlySet<string> {
  const lines = pages.map((page) => withoutNumbers(outermost(page, edge) ?? ''));
  return new Set(lines.filter((line, place) => line.split(' ').length >= LEAST_WORDS && lines.indexOf(line) !== place));
}

const withoutNumbers = (line: string) => line.replace(/^\d{1,4}\s+|\s+\d{1,4}$/g, '');

const outermost = (lines: readonly string[], edge: Edge) =>
  edge === 'top' ? lines.find((line) => line !== '') : lines.findLast((line) => line !== '');

/** The numbers that a line begins and ends with. */
function numbersAtEnds(line: string): number[] {
  return [/^(\d{1,4})(?=\s|$)/.exec(line), /(?<=^|\s)(\d{1,4})$/.exec(line)].flatMap((match) =>
    match === null ? [] : [Number(match[1])],
  );
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
 * page of nothing else is left as it is. `page`: counted from 1.
 */
export function withoutLayout(lines: readonly string[], layout: Layout, page: number): string[] {
  const places = lines.flatMap((line, place) => (line === '' ? [] : [place]));
  const margin = places.length >= LEAST_LINES ? WIDE_MARGIN_LINES : MARGIN_LINES;
  const isSet = (place: number, edge: Edge) =>
    layout[edge].has(maskPage(lines[place] ?? '')) || isMarking(lines[place] ?? '');
  const left = new Set<number>();
  for (const edge of ['top', 'bottom'] as const)
    for (const place of edgeOf(places, edge, margin)) if (isSet(place, edge)) left.add(place);
  for (const [edge, place] of Object.entries({ top: places[0], bottom: places.at(-1) }))
    if (place !== undefined && countsPages(lines[place] ?? '', page, layout, edge as Edge)) left.add(place);
  return left.size === places.length ? [...lines] : lines.filter((_, place) => !left.has(place));
}

/** Whether an outermost line has the number of its page, alone or with words that other pages have, too. */
function countsPages(line: string, page: number, layout: Layout, edge: Edge): boolean {
  if (NUMBER_ALONE.test(line)) return true;
  const more = layout.numbering[edge];
  return more !== null && numbersAtEnds(line).includes(page + more) && layout.heads[edge].has(withoutNumbers(line));
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
  let mayEnd = true;
  for (const line of lines) {
    // In the middle of a sentence a number is no heading's.
    if (line === '' || STARTS_ANEW.test(line) || (mayEnd && isHeading(line))) flush();
    held = join(held, line);
    const isShort = line.length < 0.75 * longest;
    mayEnd = isShort || /[.!?:]$/.test(line);
    if ((isShort && /[.!?:]$/.test(line)) || isHeading(line)) flush();
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
const NUMBERED = /^\d{1,2}(?:\.\d{1,2}){0,3}\.?\s+\p{Lu}[^.!?]{1,80}$/u;
const FOOTNOTE = /^\d{1,2}\s/;
const CAPITALS = /^[^a-z]{4,80}$/;

/** What looks like a heading: numbered, or in capitals, and short. */
function isHeading(line: string): boolean {
  return NUMBERED.test(line) || (CAPITALS.test(line) && /\p{Lu}{4}/u.test(line) && !/[.;,]$/.test(line));
}

/** Of the paragraphs of a page those that are headings, by their place: notes at the foot of a page are numbered, too, and no text follows them. */
export function headingsOf(paragraphs: readonly string[]): ReadonlySet<number> {
  const last = paragraphs.findLastIndex((paragraph) => !FOOTNOTE.test(paragraph));
  return new Set(
    paragraphs.flatMap((paragraph, place) => {
      const isNote = place > last && last !== -1 && FOOTNOTE.test(paragraph);
      return isHeading(paragraph) && !isNote ? [place] : [];
    }),
  );
}
