import { parse } from 'csv-parse';
import { parse as parseNow } from 'csv-parse/sync';
import { messageOf } from '../../kernel/risk-error.ts';
import type { CsvFormat, CsvRow, ReportItem } from './report-format.ts';
import { badFile, type TextSource } from './text-source.ts';

const DELIMITERS = [',', ';', '\t', '|'] as const;
/** Lines that are looked at for the titles: some scanners write a few lines about the scan before them. */
const PREAMBLE_LINES = 20;
const AT_ONCE = 1000;
const LONGEST_RECORD = 4 * 2 ** 20;

/** A table that was recognised. */
export interface FoundTable {
  readonly format: CsvFormat;
  readonly delimiter: string;
  /** In lower case. */
  readonly titles: readonly string[];
  /** The line of the titles, from 1. */
  readonly line: number;
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
  const parser = parse({
    delimiter,
    bom: true,
    from_line: line + 1,
    skip_empty_lines: true,
    relax_column_count: true,
    relax_quotes: true,
    max_record_size: LONGEST_RECORD,
    info: true,
  });
  let [rows, offset]: [CsvRow[], number] = [[], 0];
  const feeding = feed(source, parser);
  try {
    for await (const { record, info } of parser as AsyncIterable<{ record: string[]; info: { lines: number } }>) {
      const cells = Object.fromEntries(titles.map((title, index) => [title, record[index] ?? '']));
      rows.push({ line: info.lines, cells });
      if (rows.length < AT_ONCE) continue;
      yield* format.read(rows, { offset });
      offset += rows.length;
      rows = [];
    }
    await feeding;
  } catch (error) {
    throw badFile(source.name, `begins like CSV but cannot be read as CSV: ${messageOf(error)}`, error);
  }
  yield* format.read(rows, { offset });
}

async function feed(source: TextSource, parser: ReturnType<typeof parse>): Promise<void> {
  try {
    for await (const piece of source.open()) {
      if (!parser.write(piece)) await new Promise((resolve) => parser.once('drain', resolve));
    }
    parser.end();
  } catch (error) {
    parser.destroy(error instanceof Error ? error : new Error(String(error)));
  }
}
