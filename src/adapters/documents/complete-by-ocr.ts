import type { ReadingNote } from '../../domain/knowledge/document.ts';
import { fieldText } from '../../domain/knowledge/field-text.ts';
import { pageRanges } from '../../domain/knowledge/page-ranges.ts';
import { failure, type Result, success } from '../../kernel/result.ts';
import type { DocumentFile } from '../../ports/document-reader.ts';
import { pageWords } from './page-words.ts';
import type { FileReading } from './read-document.ts';
import type { OcrEngine } from './tesseract.ts';

/** What recognising pages depends on. */
export interface OcrParts {
  /** Null where none is installed. */
  readonly engine: OcrEngine | null;
  /** A page, counted from 1, as a picture. */
  draw(page: number, signal: AbortSignal): Promise<Uint8Array>;
  /** Reads the document again, with what was recognised in its place. */
  read(recognised: ReadonlyMap<number, string>): Promise<Result<FileReading, string>>;
}

/** What recognising a document may take. */
export interface OcrLimits {
  readonly maxPages: number;
  readonly timeoutMs: number;
  readonly pageTimeoutMs: number;
}

/** A page takes one to five seconds. */
export const OCR_LIMITS: OcrLimits = { maxPages: 200, timeoutMs: 600_000, pageTimeoutMs: 60_000 };

const INSTALL = 'install tesseract (Debian: apt-get install tesseract-ocr) and ingest again';

/**
 * Completes a document by what is recognised on its pages without text; the field `ocr` names those pages. What could not be recognised is told.
 * The failure is one line without the path.
 */
export async function completeByOcr(
  reading: FileReading,
  { engine, draw, read }: OcrParts,
  limits: OcrLimits,
  signal: AbortSignal,
): Promise<Result<DocumentFile, string>> {
  const { scanned } = reading;
  if (engine === null) {
    if (reading.document.blocks.length === 0) return failure(`it has no text layer (scanned?); ${INSTALL}`);
    return withNotes(reading, [gap(`${pageWords(scanned)} without a text layer and left out; ${INSTALL}`)]);
  }
  const late = AbortSignal.timeout(limits.timeoutMs);
  const texts = new Map<number, string>();
  const failed: number[] = [];
  for (const page of scanned.slice(0, limits.maxPages)) {
    if (late.aborted) break;
    try {
      const said = reading.document.fields['language'];
      const language = said === undefined ? null : fieldText(said);
      const patience = AbortSignal.any([signal, late, AbortSignal.timeout(limits.pageTimeoutMs)]);
      texts.set(page, await engine.recognise(await draw(page, patience), language, patience));
    } catch {
      signal.throwIfAborted();
      failed.push(page);
    }
  }
  const left = scanned.filter((page) => !texts.has(page) && !failed.includes(page));
  const minutes = limits.timeoutMs / 60_000;
  const gaps = [
    ...(failed.length > 0 ? [gap(`${pageWords(failed)} left out: OCR failed or took too long; scan it again`)] : []),
    ...(left.length > 0
      ? [gap(`${pageWords(left)} left out: OCR takes ${limits.maxPages} pages and ${minutes} minutes; split it`)]
      : []),
  ];
  if (texts.size === 0 && reading.document.blocks.length === 0)
    return failure(`it has no text layer, and ${gaps[0]?.text}`);
  const again = await read(texts);
  return again.ok ? withNotes(markRecognised(again.value, texts), gaps) : again;
}

const gap = (text: string): ReadingNote => ({ kind: 'gap', text });

function withNotes(
  { contentHash, document }: DocumentFile,
  notes: readonly ReadingNote[],
): Result<DocumentFile, string> {
  return success({ contentHash, document: { ...document, notes: [...document.notes, ...notes] } });
}

/** A picture without words on it is no text that was recognised. */
function markRecognised(reading: DocumentFile, texts: ReadonlyMap<number, string>): DocumentFile {
  const pages = [...texts].filter(([, text]) => text.trim() !== '').map(([page]) => page);
  if (pages.length === 0) return reading;
  const { document } = reading;
  const text = `${pageWords(pages)} without a text layer and read by OCR (tesseract), which errs at times`;
  return {
    ...reading,
    document: {
      ...document,
      fields: { ...document.fields, ocr: pageRanges(pages) },
      notes: [...document.notes, { kind: 'warning', text }],
    },
  };
}
