import { zipSync } from 'fflate';
import { hiddenSheets } from './hidden-sheets.ts';
import { showCells, shownStyles } from './show-cells.ts';
import { UnreadableError } from './unreadable-error.ts';
import { unzip } from './unzip.ts';

/** Cells of a sheet that are worth their memory, empty ones between the filled among them: some 30 MB. */
const MOST_CELLS = 4_000_000;

/** A workbook that is fit to be read. */
export interface CompactWorkbook {
  readonly bytes: Buffer;
  /** Names of sheets that people do not see. */
  readonly hidden: ReadonlySet<string>;
  /** Cells with a formula whose result nobody has saved. */
  readonly uncalculated: number;
}

/**
 * The same workbook with cells as they are shown, without the rows and columns of a sheet that hold nothing, where it spans more cells than memory is worth: one cell at the
 * far corner of a sheet spans 17 thousand million. Filled cells are kept in their order.
 * @throws UnreadableError where filled cells alone span too much
 */
export async function compactWorkbook(bytes: Buffer): Promise<CompactWorkbook> {
  const files = await unzip(bytes, (name) => /\.(?:xml|rels)$/i.test(name));
  const textOf = (name: string) => files.get(name)?.toString('utf8') ?? '';
  const hidden = hiddenSheets(textOf('xl/workbook.xml'));
  const styles = shownStyles(textOf('xl/styles.xml'));
  let isSame = true;
  let uncalculated = 0;
  for (const [name, content] of files) {
    if (!/^xl\/worksheets\/[^/]+\.xml$/i.test(name)) continue;
    const own = content.toString('utf8');
    const shown = showCells(own, styles);
    uncalculated += shown.uncalculated;
    const sheet = spanOf(own) <= MOST_CELLS ? shown.xml : compactSheet(shown.xml);
    if (sheet === own) continue;
    files.set(name, Buffer.from(sheet));
    isSame = false;
  }
  const same = isSame ? bytes : Buffer.from(zipSync(Object.fromEntries(files), { level: 0 }));
  return { bytes: same, hidden, uncalculated };
}

function compactSheet(sheet: string): string {
  const used = [...new Set([...sheet.matchAll(CELL)].map(([, , column = '']) => column))];
  const places = new Map(used.toSorted(byColumn).map((column, place) => [column, nameOfColumn(place + 1)]));
  const compacted = renumber(sheet, (column) => places.get(column) ?? column);
  if (spanOf(compacted) <= MOST_CELLS) return compacted;
  // Columns are given up where they are as sparse as rows: what stands in a row stays together.
  const dense = renumber(sheet, (_, ordinal) => nameOfColumn(ordinal));
  if (spanOf(dense) <= MOST_CELLS) return dense;
  throw new UnreadableError(`a sheet spans more than ${MOST_CELLS / 1e6} million cells; split it, or save it as CSV`);
}

const ELEMENT = /<((?:\w+:)?)(row|c)\b([^>]*)>/g;
const CELL = /<(?:\w+:)?c\b[^>]*?(\sr="([A-Z]{1,3})(\d+)")/g;
const PLACE = /\sr="([A-Z]*)(\d+)"/;

/** Rows by the order in which they stand, columns as `columnOf` says: of the name so far, and of the cell's ordinal in its row. */
function renumber(sheet: string, columnOf: (column: string, ordinal: number) => string): string {
  let [row, ordinal] = [0, 0];
  return sheet.replace(ELEMENT, (_, prefix: string, name: string, attributes: string) => {
    const isRow = name === 'row';
    if (isRow) row += 1;
    ordinal = isRow ? 0 : ordinal + 1;
    const [, column = ''] = PLACE.exec(attributes) ?? [];
    const place = isRow ? row : `${columnOf(column, ordinal)}${row}`;
    return `<${prefix}${name} r="${place}"${attributes.replace(PLACE, '')}>`;
  });
}

/** Cells from the first to the farthest, rows × columns. */
function spanOf(sheet: string): number {
  let [rows, columns] = [1, 1];
  for (const [, , name, attributes = ''] of sheet.matchAll(ELEMENT)) {
    const [, column = '', row = '0'] = PLACE.exec(attributes) ?? [];
    rows = Math.max(rows, Number(row));
    if (name === 'c') columns = Math.max(columns, numberOfColumn(column));
  }
  return rows * columns;
}

const LETTERS = 26;
const LETTER_BEFORE_A = 64;

/** `A` is 1, `AA` is 27. */
function numberOfColumn(name: string): number {
  return [...name].reduce((sum, letter) => sum * LETTERS + letter.charCodeAt(0) - LETTER_BEFORE_A, 0);
}

function nameOfColumn(number: number): string {
  const rest = (number - 1) % LETTERS;
  const letter = String.fromCharCode(LETTER_BEFORE_A + 1 + rest);
  return number > LETTERS ? nameOfColumn((number - 1 - rest) / LETTERS) + letter : letter;
}

function byColumn(left: string, right: string): number {
  return numberOfColumn(left) - numberOfColumn(right);
}
