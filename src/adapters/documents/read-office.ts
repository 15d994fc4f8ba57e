import { fromBuffer } from 'yauzl';
import type { ReadDocument } from '../../domain/knowledge/document.ts';
import { createBlockWriter } from './blocks.ts';
import { readHtml } from './read-html.ts';
import { writeTable } from './read-text.ts';

/** What a document of a few megabytes may unpack to; what says more is a bomb. */
const MOST_UNPACKED = 300 * 2 ** 20;

/** Reads DOCX: its headings by style, paragraphs, lists and tables, no pictures. @throws Error where it cannot be read */
export async function readDocx(bytes: Buffer): Promise<ReadDocument> {
  const { default: mammoth } = await import('mammoth');
  const { value } = await mammoth.convertToHtml(
    { buffer: bytes },
    { convertImage: mammoth.images.imgElement(async () => ({ src: '' })) },
  );
  const document = readHtml(value);
  const heading = document.blocks.find(({ kind }) => kind === 'heading');
  return { ...document, type: 'docx', title: heading?.text ?? null };
}

/** Reads the sheets of a workbook as tables under the sheet's name. @throws Error where it cannot be read */
export async function readXlsx(bytes: Buffer): Promise<ReadDocument> {
  const { default: readSheets } = await import('read-excel-file/node');
  const writer = createBlockWriter();
  for (const { sheet, data } of await readSheets(bytes)) {
    writer.heading(1, sheet);
    const rows = data.map((row) => row.map(cellText));
    writeTable(rows, (part) => writer.table(part));
  }
  return { type: 'xlsx', title: null, pages: null, blocks: writer.blocks, fields: {}, notes: [] };
}

function cellText(cell: unknown): string {
  if (cell === null || cell === undefined) return '';
  if (!(cell instanceof Date)) return String(cell);
  // A number that the workbook shows as a date and no calendar has.
  return Number.isNaN(cell.getTime()) ? '' : cell.toISOString().slice(0, 10);
}

/** What kind of document a zip archive is; null: none that can be read. @throws Error where it is no archive, encrypted, or unpacks to too much */
export async function kindOfZip(bytes: Buffer): Promise<'docx' | 'xlsx' | null> {
  const names = new Set<string>();
  let unpacked = 0;
  await new Promise<void>((resolve, reject) => {
    fromBuffer(bytes, { lazyEntries: false }, (error, zip) => {
      if (error) return reject(error);
      zip.on('entry', ({ fileName, uncompressedSize, generalPurposeBitFlag }) => {
        unpacked += uncompressedSize;
        names.add(fileName);
        if ((generalPurposeBitFlag & 1) === 1) reject(new Error('it is encrypted'));
        if (unpacked > MOST_UNPACKED) reject(new Error('it unpacks to more than 300 MB, which no document does'));
      });
      zip.on('end', () => resolve());
      zip.on('error', reject);
    });
  });
  if (names.has('word/document.xml')) return 'docx';
  return names.has('xl/workbook.xml') ? 'xlsx' : null;
}
