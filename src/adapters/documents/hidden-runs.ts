import { zipSync } from 'fflate';
import { type HidingStyles, hidingStylesOf, NO_HIDING_STYLES, vanishOf } from './hiding-styles.ts';
import { unzip } from './unzip.ts';

/** Highlights that no document has: what bears them is hidden, or shown whatever its style says. mammoth tells of a run's highlight, and of nothing that hides it. */
const HIDDEN = 'eras-hidden';
const SHOWN = 'eras-shown';

const PARTS = /^word\/[^/]+\.xml$/;
const STYLES = 'word/styles.xml';
const RUN_PROPERTIES = /<w:rPr>([\s\S]*?)<\/w:rPr>/g;
const ROW_PROPERTIES = /<w:trPr>([\s\S]*?)<\/w:trPr>/g;
const HIDDEN_ROW = /<w:hidden\b(?![^>]*\bw:val="(?:0|false|off)")[^>]*>/;
/** A font of a point is seen by nobody. */
const UNSEEN_POINTS = 1;

/** A DOCX whose hidden runs (`w:vanish`, `w:specVanish`) bear a mark and whose hidden rows are deleted, and the styles that hide what has them. */
export async function markHidden(bytes: Buffer): Promise<{ readonly bytes: Buffer; readonly styles: HidingStyles }> {
  const parts = await unzip(bytes, (name) => PARTS.test(name));
  if (![...parts].some(([name, part]) => mayHide(name, part))) return { bytes, styles: NO_HIDING_STYLES };
  const files = await unzip(bytes, () => true);
  for (const [name, content] of parts) {
    if (name === STYLES) continue;
    const xml = content.toString('utf8').replace(RUN_PROPERTIES, markRun).replace(ROW_PROPERTIES, markRow);
    files.set(name, Buffer.from(xml));
  }
  return {
    bytes: Buffer.from(zipSync(Object.fromEntries(files), { level: 0 })),
    styles: hidingStylesOf(parts.get(STYLES)?.toString('utf8') ?? ''),
  };
}

function mayHide(name: string, part: Buffer): boolean {
  return (
    part.includes('<w:vanish') || part.includes('<w:specVanish') || (name !== STYLES && part.includes('<w:hidden'))
  );
}

function markRun(all: string, properties: string): string {
  const vanish = vanishOf(properties);
  if (vanish === null) return all;
  return `<w:rPr><w:highlight w:val="${vanish ? HIDDEN : SHOWN}"/>${properties}</w:rPr>`;
}

function markRow(all: string, properties: string): string {
  return HIDDEN_ROW.test(properties) ? `<w:trPr><w:del/>${properties}</w:trPr>` : all;
}

interface OfficeElement {
  readonly type: string;
  readonly children?: readonly OfficeElement[];
  readonly highlight?: string | null;
  readonly styleId?: string | null;
  /** Points; null: as the style has it. */
  readonly fontSize?: number | null;
}

interface OfficeNote {
  readonly body: readonly OfficeElement[];
}

/** Notes stand beside the text. */
interface OfficeDocument extends OfficeElement {
  readonly notes?: { resolve(reference: unknown): OfficeNote | null };
}

/** A document as mammoth tells it, and its notes, without what is hidden. */
export function withoutHidden<Document extends OfficeDocument>(document: Document, styles: HidingStyles): Document {
  const shown = shownOf(document, styles, styles.isHiding);
  const { notes } = document;
  if (notes === undefined) return shown;
  const resolve = (reference: unknown) => {
    const note = notes.resolve(reference);
    return note === null ? null : { ...note, body: shownIn(note.body, styles, styles.isHiding) };
  };
  return { ...shown, notes: { resolve } };
}

function shownOf<Element extends OfficeElement>(element: Element, styles: HidingStyles, isHidden: boolean): Element {
  const { children } = element;
  return children === undefined ? element : { ...element, children: shownIn(children, styles, isHidden) };
}

function shownIn(elements: readonly OfficeElement[], styles: HidingStyles, isHidden: boolean): OfficeElement[] {
  return elements.flatMap((element) => {
    const isHiding = hides(element, styles) ?? isHidden;
    return isHiding && element.type === 'run' ? [] : [shownOf(element, styles, isHiding)];
  });
}

/** Null where neither the element nor its style says anything of it. */
function hides({ type, highlight, fontSize, styleId }: OfficeElement, { byId }: HidingStyles): boolean | null {
  if (type === 'run') {
    if (highlight === HIDDEN || (fontSize ?? Number.POSITIVE_INFINITY) <= UNSEEN_POINTS) return true;
    if (highlight === SHOWN) return false;
  }
  return byId.get(styleId ?? '') ?? null;
}
