import type { ReadDocument } from '../../domain/knowledge/document.ts';
import { createBlockWriter } from './blocks.ts';
import { compactWorkbook } from './compact-workbook.ts';
import { readHtml } from './read-html.ts';
import { writeTable } from './read-text.ts';

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
  for (const { sheet, data } of await readSheets(await compactWorkbook(bytes))) {
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
