/** A line that stands on so many of the pages is set there by the layout, not by the author. */
const REPEATED_SHARE = 0.5;
const LEAST_PAGES = 4;
/** Lines at the top and bottom of a page among which headers and footers are looked for. */
const MARGIN_LINES = 3;
/** A page of fewer lines has no room for a layout: nothing of it is left out. */
const LEAST_LINES = 12;

/** Headers and footers: lines at the edges of most pages, alike but for the page's number. */
export function repeatedLines(pages: readonly (readonly string[])[]): ReadonlySet<string> {
  if (pages.length < LEAST_PAGES) return new Set();
  const counts = new Map<string, number>();
  for (const lines of pages) {
    const full = lines.filter((line) => line !== '');
    if (full.length < LEAST_LINES) continue;
    const edges = new Set([...full.slice(0, MARGIN_LINES), ...full.slice(-MARGIN_LINES)].map(maskPage));
    for (const line of edges) counts.set(line, (counts.get(line) ?? 0) + 1);
  }
  return new Set([...counts].filter(([, count]) => count >= REPEATED_SHARE * pages.length).map(([line]) => line));
}

/** Only at the edges of a page: what an author says on every page stands in between. */
export function withoutLayout(lines: readonly string[], repeated: ReadonlySet<string>): string[] {
  const places = lines.flatMap((line, place) => (line === '' ? [] : [place]));
  if (places.length < LEAST_LINES) return [...lines];
  const edges = new Set([...places.slice(0, MARGIN_LINES), ...places.slice(-MARGIN_LINES)]);
  return lines.filter((line, place) => !(edges.has(place) && repeated.has(maskPage(line))));
}

/** What counts pages is the same on each of them but for the number; other lines must be the same in every letter. */
function maskPage(line: string): string {
  return PAGE_NUMBER.test(line) ? line.replace(/\d+/g, '#') : line;
}

const PAGE_NUMBER = /\bpage\s+\d|^\W*\d+\W*$|\d+\s*(?:of|\/)\s*\d+/i;

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
