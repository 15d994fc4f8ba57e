import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { extname } from 'node:path';
import type { ReadDocument } from '../../domain/knowledge/document.ts';
import { failure, type Result, success } from '../../kernel/result.ts';
import type { DocumentFile, ReadLimits } from '../../ports/document-reader.ts';
import { readHtml } from './read-html.ts';
import { readMarkdown } from './read-markdown.ts';
import { kindOfZip, readDocx, readXlsx } from './read-office.ts';
import { readPdf } from './read-pdf.ts';
import { readCsv, readText } from './read-text.ts';

type Limits = Pick<ReadLimits, 'maxBytes' | 'maxPages'>;

/** Reads one file: its kind is told by its content, and by its ending only among kinds of text. The failure is one line without the path. */
export async function readDocumentFile(path: string, limits: Limits): Promise<Result<DocumentFile, string>> {
  const bytes = await readBytes(path, limits.maxBytes);
  if (!bytes.ok) return bytes;
  try {
    const document = await readBytesAs(bytes.value, extname(path).toLowerCase(), limits.maxPages);
    if (document.blocks.length === 0) return failure('it holds no text');
    return success({ contentHash: hashOf(bytes.value), document });
  } catch (error) {
    return failure(reasonOf(error));
  }
}

/** The SHA-256 of a file's bytes, which are never in memory together. */
export function hashFile(path: string, { maxBytes }: Pick<ReadLimits, 'maxBytes'>): Promise<Result<string, string>> {
  return withFile(path, maxBytes, async (file) => {
    const hash = createHash('sha256');
    for await (const chunk of file.createReadStream({ autoClose: false })) hash.update(chunk);
    return hash.digest('hex');
  });
}

function readBytes(path: string, maxBytes: number): Promise<Result<Buffer, string>> {
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
      if (!stats.isFile()) return failure('it is no regular file');
      if (stats.size === 0) return failure('it is empty');
      if (stats.size > maxBytes) return failure(`it has ${inMb(stats.size)} MB, more than ${inMb(maxBytes)}`);
      return success(await work(file));
    } finally {
      await file.close();
    }
  } catch (error) {
    // Node has no name for bytes that are no UTF-8.
    return failure(path.includes('\uFFFD') ? 'its name is not UTF-8; rename it' : reasonOf(error));
  }
}

const inMb = (bytes: number) => Math.ceil(bytes / 2 ** 20);

function hashOf(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}

async function readBytesAs(bytes: Buffer, ending: string, maxPages: number): Promise<ReadDocument> {
  if (bytes.subarray(0, 1024).includes('%PDF-')) return readPdf(bytes, maxPages);
  if (bytes.subarray(0, 4).equals(Buffer.from([0x50, 0x4b, 3, 4]))) return readZip(bytes);
  if (bytes.subarray(0, 8).equals(Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1])))
    throw new Error('it is an older or an encrypted Office document; save it as .docx or .xlsx without a password');
  const text = decode(bytes);
  if (/^\uFEFF?\s*(?:<!doctype html|<html\b)/i.test(text.slice(0, 1000)) || ending === '.html' || ending === '.htm')
    return readHtml(text);
  if (['.md', '.markdown', '.mdx'].includes(ending)) return readMarkdown(text);
  return ending === '.csv' || ending === '.tsv' ? readCsv(text) : readText(text);
}

async function readZip(bytes: Buffer): Promise<ReadDocument> {
  const kind = await kindOfZip(bytes).catch((error: unknown) => {
    const reason = error instanceof Error && error.message.startsWith('it ') ? error.message : 'it is a broken archive';
    throw new Error(reason);
  });
  if (kind === null) throw new Error('it is an archive, and neither DOCX nor XLSX');
  return kind === 'docx' ? readDocx(bytes) : readXlsx(bytes);
}

/** UTF-8, or UTF-16 with its mark; what is neither is read as Windows-1252. @throws Error where it is no text */
function decode(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  if (bytes.includes(0)) throw new Error('it is neither text nor a document that can be read');
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

const SYSTEM_WORDS: Readonly<Record<string, string>> = {
  ENOENT: 'it is not there any more',
  EACCES: 'it may not be read',
  EPERM: 'it may not be read',
  ELOOP: 'it is a link in a circle',
};
const LONGEST_REASON = 160;

/** One line: libraries quote what they read. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'it cannot be read';
  const known = 'code' in error ? SYSTEM_WORDS[String(error.code)] : undefined;
  const text = error.message.replace(/\s+/g, ' ').slice(0, LONGEST_REASON);
  return known ?? (text.startsWith('it ') ? text : `it cannot be read (${text})`);
}
