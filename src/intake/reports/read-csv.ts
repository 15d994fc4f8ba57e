import { pipeline, Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { parse as parseNow } from 'csv-parse/sync';
import { messageOf, RiskError } from '../../kernel/risk-error.ts';
import type { CsvFormat, CsvRow, ReportItem } from './report-format.ts';
import { badFile, type TextSource } from './text-source.ts';

const DELIMITERS = [',', ';', '\t', '|'] as const;
/** Lines that are looked at for the titles: some scanners write a few lines about the scan before them. */
const PREAMBLE_LINES = 20;
const AT_ONCE = 1000;
/** Characters of rows that are held together at most, but for the last of them. */
const MOST_HELD = 8 * 2 ** 20;
/** Bytes of a row: evidence of scanners comes to some megabytes. Longer ones are a quote that is never closed, or an attack. */
const LONGEST_RECORD = 16 * 2 ** 20;

/** A table that was recognised. */
export interface FoundTable {
  readonly format: CsvFormat;
  readonly delimiter: string;
  /** In lower case. */
  readonly titles: readonly string[];
  /** The line of the titles, from 1. */
  readonly line: number;
}

/** A row with the line where the parser sees it end. */
interface ParsedRow {
  readonly record: readonly string[];
  readonly info: { readonly lines: number };
}

/** Finds the row of titles that a format knows among the first lines; null where there is none. */
export function findTable(text: string, formats: readonly CsvFormat[]): FoundTable | null {
  const lines = text
    .slice(0, 256 * 1024)
    .replace(/^\ufeff/, '')
    .split(/\r\n|\n|\r/, PREAMBLE_LINES);
  for (const [index, line] of lines.entries()) {
    for (const delimiter of DELIMITERS) {
      const titles = titlesOf(line, delimiter);
      const format = titles === null ? undefined : formats.find((one) => one.matches(titles));
      if (format !== undefined && titles !== null) return { format, delimiter, titles, line: index + 1 };
    }
  }
  return null;
}

function titlesOf(line: string, delimiter: string): string[] | null {
  try {
    const [cells = []] = parseNow(line, { delimiter, relax_quotes: true }) as string[][];
    return cells.map((cell) => cell.trim().toLowerCase());
  } catch {
    return null;
  }
}

/** Reads the rows of a table, some at a time. @throws RiskError `BAD_INPUT` where it cannot be read as CSV */
export async function* readTable(
  source: TextSource,
  { format, delimiter, titles, line }: FoundTable,
): AsyncGenerator<ReportItem> {
  // A row that cannot be read throws away those before it that nobody has taken out of the stream yet.
  const parsed: ParsedRow[] = [];
  const parser = parse({
    on_record(row: string[]) {
      // With `info` it is the record and where it ends.
      parsed.push(row as unknown as ParsedRow);
      return row;
    },
    delimiter,
    skip_empty_lines: true,
    relax_column_count: true,
    relax_quotes: true,
    max_record_size: LONGEST_RECORD,
    info: true,
  });
  const toLine = countLines(line);
  let [rows, offset, held, next]: [CsvRow[], number, number, number] = [[], 0, 0, line + 1];
  const take = ({ record, info }: ParsedRow) => {
    const begin = toLine(info.lines, record);
    next = begin + linesIn(record) + 1;
    held += sizeOf(record);
    rows.push({ line: begin, cells: toCells(titles, record) });
  };
  // A fault of the source arrives where the rows are read.
  pipeline(Readable.from(bodyOf(source, line)), parser, () => undefined);
  try {
    for await (const row of parser as AsyncIterable<ParsedRow>) {
      parsed.shift();
      take(row);
      if (rows.length < AT_ONCE && held < MOST_HELD) continue;
      yield* format.read(rows, { offset });
      offset += rows.length;
      [rows, held] = [[], 0];
    }
  } catch (error) {
    if (error instanceof RiskError) throw error;
    if (isTooLong(error)) {
      for (const row of parsed) take(row);
      yield* format.read(rows, { offset });
      const what = `a row of more than ${LONGEST_RECORD / 2 ** 20} MB, such as behind a quote that is not closed; the table is not read further`;
      yield { kind: 'unreadable', position: `line ${next}`, what };
      return;
    }
    throw badFile(source.name, `begins like CSV but cannot be read as CSV: ${messageOf(error)}`, error);
  }
  yield* format.read(rows, { offset });
}

function isTooLong(error: unknown): boolean {
  return error instanceof CsvError && error.code === 'CSV_MAX_RECORD_SIZE';
}

function sizeOf(record: readonly string[]): number {
  return record.reduce((sum, cell) => sum + cell.length, 0);
}

function linesIn(record: readonly string[]): number {
  return record.reduce((sum, cell) => sum + (cell.match(/\r\n|\n|\r/g)?.length ?? 0), 0);
}

/** Cells by title; those of columns with the same title are put together. */
function toCells(titles: readonly string[], record: readonly string[]): Record<string, string> {
  const cells = new Map<string, string>();
  for (const [index, title] of titles.entries()) {
    const [before, cell] = [cells.get(title) ?? '', record[index] ?? ''];
    cells.set(title, before === '' || cell === '' ? before + cell : `${before}; ${cell}`);
  }
  return Object.fromEntries(cells);
}

/**
 * Tells the line of the file where a row begins, given the line where the parser sees it end: cells may hold line ends, of which the parser counts
 * those of Windows twice.
 */
function countLines(before: number): (end: number, record: readonly string[]) => number {
  let twice = 0;
  return (end, record) => {
    let within = 0;
    for (const cell of record) {
      within += cell.match(/\r\n|\n|\r/g)?.length ?? 0;
      twice += cell.match(/\r\n/g)?.length ?? 0;
    }
    return before + end - within - twice;
  };
}

/** A text without its first lines. */
async function* bodyOf(source: TextSource, lines: number): AsyncGenerator<string> {
  let [head, left] = ['', lines];
  for await (const piece of source.open()) {
    if (left === 0) {
      yield piece;
      continue;
    }
    head += piece;
    // A carriage return at the end of a piece may be half a line end.
    for (let end = /\r\n|\n|\r(?=[^\n])/.exec(head); end !== null && left > 0; end = /\r\n|\n|\r(?=[^\n])/.exec(head)) {
      head = head.slice(end.index + end[0].length);
      left -= 1;
    }
    if (left === 0) yield head;
  }
}
