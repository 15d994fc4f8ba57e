import { isMarking } from './is-marking.ts';

/** What mammoth gives of a document, as far as looks are concerned. */
export interface OfficeElement {
  readonly type: string;
  readonly children?: readonly OfficeElement[];
  readonly value?: string;
  readonly styleName?: string | null;
  readonly styleId?: string | null;
  readonly numbering?: unknown;
  readonly isBold?: boolean;
  /** Points; null: as the style has it. */
  readonly fontSize?: number | null;
}

/** Points, where nothing says otherwise (Word's own default). */
const USUAL_SIZE = 11;
/** A font that is larger by so much than that of most text is seen as such. */
const LARGER = 1.15;
const LONGEST = 100;
const MOST_WORDS = 14;
/** Where more of the paragraphs look like that, it is how the document looks. */
const MOST_OF_ALL = 0.6;
const LOWEST_LEVEL = 6;
const HEADING = /^heading ?\d/i;

/**
 * Gives a document that has no paragraph in the style of a heading those that people see: short paragraphs that are bold as a whole or in a larger
 * font, no list items, no sentences. The larger the font, the higher the heading.
 */
export function markHeadings(document: OfficeElement): OfficeElement {
  const all = document.children ?? [];
  const paragraphs = all.filter(({ type, children }) => type === 'paragraph' && textOf(children).trim() !== '');
  if (paragraphs.some(({ styleName, styleId }) => HEADING.test(styleName ?? styleId ?? ''))) return document;
  const usual = usualSize(paragraphs);
  const seen = paragraphs.filter((paragraph) => looksLikeHeading(paragraph, usual));
  if (seen.length === 0 || seen.length > MOST_OF_ALL * paragraphs.length) return document;
  const sizes = [...new Set(seen.map((paragraph) => sizeOf(paragraph, usual)))].sort((left, right) => right - left);
  const marked = new Set(seen);
  const children = all.map((child) => {
    if (!marked.has(child)) return child;
    const level = Math.min(LOWEST_LEVEL, sizes.indexOf(sizeOf(child, usual)) + 1);
    return { ...child, styleId: `Heading${level}`, styleName: `Heading ${level}` };
  });
  return { ...document, children };
}

function looksLikeHeading(paragraph: OfficeElement, usual: number): boolean {
  const text = textOf(paragraph.children).trim();
  const isLine = text.length <= LONGEST && text.split(/\s+/).length <= MOST_WORDS && /\p{L}{2}/u.test(text);
  if (!isLine || /[.,;]$/.test(text) || paragraph.numbering || isMarking(text)) return false;
  return runsOf(paragraph).every(({ isBold }) => isBold) || sizeOf(paragraph, usual) >= LARGER * usual;
}

/** Runs with text of their own, those in links too. */
function runsOf(element: OfficeElement): OfficeElement[] {
  if (element.type === 'run') return textOf(element.children).trim() === '' ? [] : [element];
  return (element.children ?? []).flatMap(runsOf);
}

/** The smallest font in it, points. */
function sizeOf(paragraph: OfficeElement, usual: number): number {
  return Math.min(...runsOf(paragraph).map(({ fontSize }) => fontSize ?? usual));
}

/** The font size of most characters, points. */
function usualSize(paragraphs: readonly OfficeElement[]): number {
  const counts = new Map<number, number>();
  for (const run of paragraphs.flatMap(runsOf)) {
    const size = run.fontSize ?? USUAL_SIZE;
    counts.set(size, (counts.get(size) ?? 0) + textOf(run.children).length);
  }
  return [...counts].toSorted(([, left], [, right]) => right - left)[0]?.[0] ?? USUAL_SIZE;
}

/** All text of some elements. */
export function textOf(elements: readonly OfficeElement[] | undefined): string {
  return (elements ?? [])
    .map(({ type, value, children }) => (type === 'text' ? (value ?? '') : textOf(children)))
    .join('');
}
