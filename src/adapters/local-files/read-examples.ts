import { readFile, stat } from 'node:fs/promises';
import { parse } from 'csv-parse/sync';
import { z } from 'zod';
import { clipLine } from '../../kernel/clip.ts';
import { messageOf, RiskError } from '../../kernel/risk-error.ts';

/** A text that somebody says speaks of a technique. */
export interface TechniqueExample {
  readonly text: string;
  /** As it is written; whether there is such a technique is for others to say. */
  readonly techniqueId: string;
  /** Its row in the file, counted from 1, the header not among them. */
  readonly row: number;
}

const MOST_BYTES = 50 * 2 ** 20;
const MOST_ROWS = 100_000;
/** More of an example tells no more of its technique. */
const MOST_TEXT = 2000;

const Row = z.object({ text: z.string().trim().min(1), technique: z.string().trim().min(1) });

/**
 * Reads labelled examples: CSV with the columns `text` and `technique`, or JSON lines of objects with these two.
 * @throws RiskError `BAD_INPUT` with what is wrong, and where
 */
export async function readExamples(path: string): Promise<TechniqueExample[]> {
  const text = await readText(path);
  const rows = /^\s*\{/.test(text) ? readLines(path, text) : readCsv(path, text);
  if (rows.length === 0) throw bad(path, 'holds no examples');
  if (rows.length > MOST_ROWS) throw bad(path, `holds ${rows.length} examples, more than ${MOST_ROWS}; leave some out`);
  return rows.map((value, index) => {
    const row = Row.safeParse(value);
    if (!row.success) throw bad(path, `row ${index + 1} has no text or no technique`);
    return { text: clipLine(row.data.text, MOST_TEXT), techniqueId: row.data.technique.toUpperCase(), row: index + 1 };
  });
}

async function readText(path: string): Promise<string> {
  try {
    const stats = await stat(path);
    if (!stats.isFile()) throw new Error('it is no regular file');
    if (stats.size > MOST_BYTES) throw new Error(`it has more than ${MOST_BYTES / 2 ** 20} MB`);
    return (await readFile(path, 'utf8')).replace(/^\uFEFF/, '');
  } catch (error) {
    throw bad(path, `cannot be read: ${messageOf(error)}`);
  }
}

function readLines(path: string, text: string): unknown[] {
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line, index) => {
      try {
        return JSON.parse(line) as unknown;
      } catch {
        throw bad(path, `row ${index + 1} is no JSON`);
      }
    });
}

function readCsv(path: string, text: string): unknown[] {
  const [head = ''] = text.split('\n', 1);
  const delimiter = [',', ';', '\t'].toSorted((left, right) => head.split(right).length - head.split(left).length)[0];
  let rows: Record<string, string>[];
  try {
    rows = parse(text, {
      columns: (header: string[]) => header.map((name) => name.trim().toLowerCase()),
      delimiter: delimiter ?? ',',
      skip_empty_lines: true,
      relax_column_count: true,
    });
  } catch (error) {
    throw bad(path, `is no CSV: ${clipLine(messageOf(error), 100)}`);
  }
  const [first] = rows;
  if (first !== undefined && !('text' in first && 'technique' in first))
    throw bad(path, 'has no columns text and technique');
  return rows;
}

function bad(path: string, what: string): RiskError {
  return new RiskError({ code: 'BAD_INPUT', message: `--examples ${clipLine(path, 200)} ${what}` });
}
