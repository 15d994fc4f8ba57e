import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { extname } from 'node:path';
import type { DocumentType, ReadDocument } from '../../domain/knowledge/document.ts';
import { failure, type Result, success } from '../../kernel/result.ts';
import type { DocumentFile, ReadLimits } from '../../ports/document-reader.ts';
import { decodeText } from './decode-text.ts';
import { detectLanguage } from './detect-language.ts';
import { KIND_WORDS, kindOfBytes, kindOfText, noteOnKind } from './document-kind.ts';
import { readHtml } from './read-html.ts';
import { readMarkdown } from './read-markdown.ts';
import { readDocx, readXlsx } from './read-office.ts';
import { readPdf } from './read-pdf.ts';
import { readCsv, readText } from './read-text.ts';
import { reasonOf } from './unreadable-error.ts';

type Limits = Pick<ReadLimits, 'maxBytes' | 'maxPages'>;

/** A document that was read as far as it is text. */
export interface FileReading extends DocumentFile {
  /** Pages, counted from 1, that show something and have no text: what is on them can only be recognised. */
  readonly scanned: readonly number[];
}

/** What a reader gives. */
type Reading = Pick<FileReading, 'document' | 'scanned'>;

/**
 * Reads one file: its kind is told by its content, and by its ending only among kinds of text. The failure is one line without the path.
 * @param recognised texts of scanned pages, by page counted from 1
 */
export async function readDocumentFile(
  path: string,
  limits: Limits,
  recognised: ReadonlyMap<number, string> = new Map(),
): Promise<Result<FileReading, string>> {
  const bytes = await readBytes(path, limits.maxBytes);
  if (!bytes.ok) return bytes;
  const ending = extname(path).toLowerCase();
  let kind: DocumentType | null = null;
  try {
    kind = await kindOfBytes(bytes.value);
    const text = kind === null ? decodeText(bytes.value, ending) : '';
    kind ??= kindOfText(text, ending);
    const { document, scanned } = await READERS[kind](bytes.value, text, limits.maxPages, recognised);
    if (document.blocks.length + scanned.length === 0) return failure(HOLDS_NOTHING);
    const language = await detectLanguage(document.blocks);
    const notes = [...noteOnKind(kind, ending), ...document.notes];
    const fields = { ...(language === null ? {} : { language }), ...document.fields };
    return success({ contentHash: hashOf(bytes.value), document: { ...document, fields, notes }, scanned });
  } catch (error) {
    return failure(reasonOf(error, kind === null ? 'a document' : KIND_WORDS[kind]));
  }
}

const HOLDS_NOTHING = 'it holds no text; there is nothing in it to be found';

const READERS: Readonly<
  Record<
    DocumentType,
    (bytes: Buffer, text: string, maxPages: number, recognised: ReadonlyMap<number, string>) => Promise<Reading>
  >
> = {
  pdf: (bytes, _, maxPages, recognised) => readPdf(bytes, maxPages, recognised),
  docx: async (bytes) => asText(await readDocx(bytes)),
  xlsx: async (bytes) => asText(await readXlsx(bytes)),
  html: async (_, text) => asText(readHtml(text)),
  markdown: async (_, text) => asText(readMarkdown(text)),
  csv: async (_, text) => asText(readCsv(text)),
  text: async (_, text) => asText(readText(text)),
};

const asText = (document: ReadDocument): Reading => ({ document, scanned: [] });

/** The SHA-256 of a file's bytes, which are never in memory together. */
export function hashFile(path: string, { maxBytes }: Pick<ReadLimits, 'maxBytes'>): Promise<Result<string, string>> {
  return withFile(path, maxBytes, async (file) => {
    const hash = createHash('sha256');
    for await (const chunk of file.createReadStream({ autoClose: false })) hash.update(chunk);
    return hash.digest('hex');
  });
}

/** The bytes of a file; the failure is one line. */
export function readBytes(path: string, maxBytes: number): Promise<Result<Buffer, string>> {
  return withFile(path, maxBytes, (file) => file.readFile());
}

/** Opens a file that is worth reading. */
async function withFile<Value>(
  path: string,
  maxBytes: number,
  work: (file: FileHandle) => Promise<Value>,
): Promise<Result<Value, string>> {
  try {
    // Waits for nobody: a pipe would never open.
    const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      const stats = await file.stat();
      if (!stats.isFile()) return failure('it is no regular file (a folder, a pipe or a device); name a file');
      if (stats.size === 0) return failure('it is empty (0 bytes); put the document there again');
      if (stats.size > maxBytes) return failure(`it has ${inMb(stats.size)} MB, more than ${inMb(maxBytes)}; split it`);
      return success(await work(file));
    } finally {
      await file.close();
    }
  } catch (error) {
    // Node has no name for bytes that are no UTF-8.
    return failure(path.includes('\uFFFD') ? 'its name is not UTF-8; rename it' : reasonOf(error, 'a file'));
  }
}

const inMb = (bytes: number) => Math.ceil(bytes / 2 ** 20);

function hashOf(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}
