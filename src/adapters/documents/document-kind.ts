import type { DocumentType, ReadingNote } from '../../domain/knowledge/document.ts';
import { UnreadableError } from './unreadable-error.ts';
import { unpackedZip } from './unzip.ts';

/** Kinds of documents as people call them. */
export const KIND_WORDS: Readonly<Record<DocumentType, string>> = {
  pdf: 'PDF',
  docx: 'DOCX',
  xlsx: 'XLSX',
  markdown: 'Markdown',
  html: 'HTML',
  text: 'text',
  csv: 'CSV',
};

const KIND_OF_ENDING: Readonly<Record<string, DocumentType>> = {
  '.pdf': 'pdf',
  '.docx': 'docx',
  '.xlsx': 'xlsx',
  '.md': 'markdown',
  '.markdown': 'markdown',
  '.mdx': 'markdown',
  '.html': 'html',
  '.htm': 'html',
  '.txt': 'text',
  '.text': 'text',
  '.csv': 'csv',
  '.tsv': 'csv',
};

/** Endings of the documents that are looked for in folders, with their dots. */
export const DOCUMENT_ENDINGS: readonly string[] = Object.keys(KIND_OF_ENDING);

const ZIP = Buffer.from([0x50, 0x4b, 3, 4]);
/** Compound files: Office before 2007, and encrypted documents of any Office. */
const OLD_OFFICE = Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);

/** What a document is by its bytes; null where they are text, of a kind that only its ending can tell. @throws UnreadableError */
export async function kindOfBytes(bytes: Buffer): Promise<'pdf' | 'docx' | 'xlsx' | null> {
  if (bytes.subarray(0, 1024).includes('%PDF-')) return 'pdf';
  if (bytes.subarray(0, ZIP.length).equals(ZIP)) return kindOfZip(bytes);
  if (bytes.subarray(0, OLD_OFFICE.length).equals(OLD_OFFICE))
    throw new UnreadableError(
      'it is an older or an encrypted Office document; save it as .docx or .xlsx without a password',
    );
  return null;
}

async function kindOfZip(bytes: Buffer): Promise<'docx' | 'xlsx'> {
  const names = await unpackedZip(bytes);
  if (names.has('word/document.xml')) return 'docx';
  if (names.has('xl/workbook.xml')) return 'xlsx';
  throw new UnreadableError('it is an archive, and neither DOCX nor XLSX; unpack it and ingest what is in it');
}

/** What text is: HTML where it begins as such, else what its ending says of it. */
export function kindOfText(text: string, ending: string): 'html' | 'markdown' | 'csv' | 'text' {
  if (/^\uFEFF?\s*(?:<!doctype html|<html\b)/i.test(text.slice(0, 1000))) return 'html';
  const kind = KIND_OF_ENDING[ending];
  return kind === 'html' || kind === 'markdown' || kind === 'csv' ? kind : 'text';
}

/** What is neither text nor any kind of document that can be read. */
export function noDocument(ending: string): UnreadableError {
  const expected = KIND_OF_ENDING[ending];
  const isBinary = expected === 'pdf' || expected === 'docx' || expected === 'xlsx';
  return new UnreadableError(
    isBinary
      ? `its ending says ${KIND_WORDS[expected]}, but it is no ${KIND_WORDS[expected]}, and no text either; save it again, or export it anew, and ingest it`
      : 'it is neither text nor a document that can be read; save it as PDF, DOCX, XLSX, HTML or text',
  );
}

/** Says so where a document is of another kind than its ending tells people. */
export function noteOnKind(kind: DocumentType, ending: string): ReadingNote[] {
  const expected = KIND_OF_ENDING[ending];
  if (expected === undefined || expected === kind) return [];
  const endings = DOCUMENT_ENDINGS.filter((one) => KIND_OF_ENDING[one] === kind);
  const other = kind === 'text' ? '.txt, .csv or .md, whichever it is' : endings[0];
  const text = `its ending says ${KIND_WORDS[expected]}, but it is ${KIND_WORDS[kind]} and is read as that; rename it to ${other}`;
  return [{ kind: 'warning', text }];
}
