import type { Block, ReadDocument, ReadingNote } from '../../domain/knowledge/document.ts';
import { clip } from '../../kernel/clip.ts';
import { createBlockWriter, tidyLine } from './blocks.ts';
import { type CompactWorkbook, compactWorkbook } from './compact-workbook.ts';
import { fieldsOfProperties, titleOfProperties } from './document-properties.ts';
import { markHidden, withoutHidden } from './hidden-runs.ts';
import { markHeadings, type OfficeElement, textOf } from './mark-headings.ts';
import { officeProperties } from './office-properties.ts';
import { readHtml } from './read-html.ts';
import { writeTable } from './read-text.ts';
import { withoutFurniture } from './without-furniture.ts';

/**
 * Reads DOCX: its headings by style, or by their looks where no paragraph has such a style; paragraphs, lists and tables, no pictures, nothing
 * hidden, and no heads and feet that stand in the text. @throws Error where it cannot be read
 */
export async function readDocx(bytes: Buffer): Promise<ReadDocument> {
  const { default: mammoth } = await import('mammoth');
  const { bytes: marked, styles } = await markHidden(bytes);
  let named: string | null = null;
  const { value } = await mammoth.convertToHtml(
    { buffer: marked },
    {
      convertImage: mammoth.images.imgElement(async () => ({ src: '' })),
      transformDocument: (document: Parameters<typeof markHeadings>[0]) => {
        const shown = withoutHidden(document, styles);
        named = titleByStyle(shown);
        return markHeadings(shown);
      },
    },
  );
  const document = readHtml(value);
  const blocks = withoutFurniture(document.blocks);
  const properties = await officeProperties(bytes);
  const title = named ?? titleOfProperties(properties.title) ?? titleOf(blocks);
  return { ...document, blocks, type: 'docx', title, fields: fieldsOfProperties(properties) };
}

/** What stands in the style of a title, which a cover sets in several lines; null where nothing does. */
function titleByStyle({ children = [] }: OfficeElement): string | null {
  const isTitle = ({ type, styleId, styleName }: OfficeElement) =>
    type === 'paragraph' && /^(?:title|titel)$/i.test(styleName ?? styleId ?? '');
  const from = children.findIndex(isTitle);
  const lines = children.slice(Math.max(0, from));
  const end = lines.findIndex((one) => !isTitle(one));
  return (
    tidyLine(
      lines
        .slice(0, end < 0 ? undefined : end)
        .map((one) => textOf(one.children))
        .join(' '),
    ) || null
  );
}

/** The first heading, with those of its level that follow at once: a cover sets its title in several lines. */
function titleOf(blocks: readonly Block[]): string | null {
  const from = blocks.findIndex(({ kind }) => kind === 'heading');
  const level = blocks[from]?.level;
  const other = blocks.findIndex((block, place) => place > from && (block.kind !== 'heading' || block.level !== level));
  const lines = from < 0 ? [] : blocks.slice(from, other < 0 ? undefined : other).map(({ text }) => text);
  return lines.length === 0 ? null : lines.join(' ');
}

/** Reads the sheets of a workbook that are shown as tables under the sheet's name. @throws Error where it cannot be read */
export async function readXlsx(bytes: Buffer): Promise<ReadDocument> {
  const { default: readSheets } = await import('read-excel-file/node');
  const writer = createBlockWriter();
  const workbook = await compactWorkbook(bytes);
  for (const { sheet, data } of await readSheets(workbook.bytes)) {
    if (workbook.hidden.has(sheet)) continue;
    writer.heading(1, sheet);
    const rows = data.map((row) => row.map(cellText));
    writeTable(rows, writer);
  }
  return { type: 'xlsx', title: null, pages: null, blocks: writer.blocks, fields: {}, notes: notesOn(workbook) };
}

function cellText(cell: unknown): string {
  if (cell === null || cell === undefined) return '';
  if (!(cell instanceof Date)) return String(cell);
  // A number that the workbook shows as a date and no calendar has.
  if (Number.isNaN(cell.getTime())) return '';
  const [day = '', time = ''] = new Date(Math.round(cell.getTime() / 1000) * 1000).toISOString().split('T');
  const clock = time.startsWith('00:00:00') ? '' : time.slice(0, time.startsWith(':00', 5) ? 5 : 8);
  // A time alone is a part of the day before all days.
  return day < FIRST_DAY ? clock : [day, clock].filter((part) => part !== '').join(' ');
}

const FIRST_DAY = '1900-01-01';
const MOST_NAMED = 5;

function notesOn({ hidden, uncalculated }: CompactWorkbook): ReadingNote[] {
  const names = [...hidden].slice(0, MOST_NAMED).map((name) => `"${clip(tidyLine(name), LONGEST_NAME)}"`);
  const more = hidden.size > MOST_NAMED ? ` and ${hidden.size - MOST_NAMED} more` : '';
  const sheets = `hidden ${hidden.size === 1 ? 'sheet' : 'sheets'} ${names.join(', ')}${more} left out; unhide what is to be found`;
  const cells = `${uncalculated} ${uncalculated === 1 ? 'formula has' : 'formulas have'} no saved result; open it in a spreadsheet program, save it and ingest again`;
  return [
    ...(hidden.size === 0 ? [] : [{ kind: 'warning', text: sheets } as const]),
    ...(uncalculated === 0 ? [] : [{ kind: 'gap', text: cells } as const]),
  ];
}

const LONGEST_NAME = 40;
