import { type PDFiumDocument, PDFiumLibrary } from '@hyzyla/pdfium';
import type { Block, ReadDocument, ReadingNote } from '../../domain/knowledge/document.ts';
import { once } from '../../kernel/once.ts';
import { createBlockWriter, tidyLine } from './blocks.ts';
import { fieldsOfProperties, titleOfProperties } from './document-properties.ts';
import { headingsOf, layoutOf, paragraphsOf, withoutLayout } from './page-layout.ts';
import { pageWords } from './page-words.ts';
import { pdfProperties } from './pdf-properties.ts';
import { UnreadableError } from './unreadable-error.ts';

const loadLibrary = once(() => PDFiumLibrary.init());

/** What was read of a PDF. */
interface PdfReading {
  readonly document: ReadDocument;
  /** Pages, counted from 1, that show something and have no text. */
  readonly scanned: readonly number[];
}

/**
 * Reads a PDF page by page: its text layer, and for pages without one what was recognised of their pictures.
 * @param recognised texts of scanned pages, by page counted from 1
 * @throws UnreadableError where it is encrypted, broken, has too many pages, or nothing on them
 */
export async function readPdf(
  bytes: Buffer,
  maxPages: number,
  recognised: ReadonlyMap<number, string> = new Map(),
): Promise<PdfReading> {
  return withPdf(bytes, (pdf) => {
    const count = pdf.getPageCount();
    if (count > maxPages) throw new UnreadableError(`it has ${count} pages, more than ${maxPages}; split it`);
    const pages: string[][] = [];
    const scanned: number[] = [];
    const broken: number[] = [];
    for (let page = 1; page <= count; page += 1) {
      const text = textOf(pdf, page);
      if (text === null) broken.push(page);
      else if (text === '') scanned.push(page);
      pages.push((recognised.get(page) ?? text ?? '').split(/\r?\n|\f/).map(tidyLine));
    }
    const blocks = blocksOf(pages);
    const drawn = scanned.filter((page) => !recognised.has(page) && isDrawn(pdf, page));
    if (blocks.length === 0 && drawn.length === 0) throw new UnreadableError(whyNothing(broken.length === count));
    const properties = pdfProperties(pdf);
    const document: ReadDocument = {
      type: 'pdf',
      title: titleOfProperties(properties.title),
      pages: count,
      blocks,
      fields: fieldsOfProperties(properties),
      notes: noteOnBroken(broken),
    };
    return { document, scanned: drawn };
  });
}

/** Opens a PDF for as long as the work takes. @throws UnreadableError where it is encrypted or broken */
export async function withPdf<Value>(
  bytes: Buffer,
  work: (pdf: PDFiumDocument) => Value | Promise<Value>,
): Promise<Value> {
  const library = await loadLibrary();
  const pdf = await library.loadDocument(bytes).catch((error: unknown) => {
    const reason = /password|security/i.test(String(error))
      ? 'it is encrypted; save it without a password and ingest it again'
      : 'it is no PDF that can be read; open it, save it again and ingest it';
    throw new UnreadableError(reason, { cause: error });
  });
  try {
    return await work(pdf);
  } finally {
    pdf.destroy();
  }
}

/** Fewer letters than that are no text layer: a page's number that a scanner has put there. */
const LEAST_TEXT = 3;

/** Empty where the page has no text layer, null where it is broken. */
function textOf(pdf: PDFiumDocument, page: number): string | null {
  try {
    const text = pdf.getPage(page - 1).getText();
    return text.trim().length < LEAST_TEXT ? '' : text;
  } catch {
    return null;
  }
}

/** Whether anything is to be seen on a page. */
function isDrawn(pdf: PDFiumDocument, page: number): boolean {
  try {
    return pdf.getPage(page - 1).getObjectCount() > 0;
  } catch {
    return false;
  }
}

function whyNothing(isBroken: boolean): string {
  return isBroken
    ? 'all of its pages are broken; open it, save it again and ingest it'
    : 'it has no text layer, and no text is to be seen on its pages; there is nothing in it to be found';
}

function noteOnBroken(pages: readonly number[]): ReadingNote[] {
  if (pages.length === 0) return [];
  return [{ kind: 'gap', text: `${pageWords(pages)} broken and left out; open it, save it again and ingest it` }];
}

function blocksOf(pages: readonly (readonly string[])[]): readonly Block[] {
  const writer = createBlockWriter();
  const layout = layoutOf(pages);
  for (const [index, lines] of pages.entries()) {
    const paragraphs = paragraphsOf(withoutLayout(lines, layout, index + 1));
    const headings = headingsOf(paragraphs);
    for (const [place, paragraph] of paragraphs.entries())
      if (headings.has(place)) writer.heading(2, paragraph, index + 1);
      else writer.text(paragraph, index + 1);
  }
  return writer.blocks;
}
