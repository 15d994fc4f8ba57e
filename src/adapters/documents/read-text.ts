import { parse } from 'csv-parse/sync';
import type { ReadDocument } from '../../domain/knowledge/document.ts';
import { type BlockWriter, createBlockWriter } from './blocks.ts';
import { isHeaderRow } from './is-header-row.ts';

/** Rows of a table at a time: what is found and cited is a few rows, not a file. */
export const ROWS_A_TABLE = 40;

/** Reads plain text: paragraphs. */
export function readText(text: string): ReadDocument {
  const writer = createBlockWriter();
  for (const paragraph of text.replace(/\r\n?/g, '\n').split(/\n\s*\n|\f/)) writer.text(paragraph);
  return { type: 'text', title: null, pages: null, blocks: writer.blocks, fields: {}, notes: [] };
}

/** Reads CSV, whatever sets its cells apart; each part of the table repeats the header. @throws Error where it is no CSV */
export function readCsv(text: string): ReadDocument {
  const [head = ''] = text.split('\n', 1);
  const delimiter = [',', ';', '\t', '|'].toSorted(
    (left, right) => head.split(right).length - head.split(left).length,
  )[0];
  const rows = parse(text, {
    bom: true,
    delimiter: delimiter ?? ',',
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
  }) as string[][];
  const writer = createBlockWriter();
  writeTable(rows, writer);
  return { type: 'csv', title: null, pages: null, blocks: writer.blocks, fields: {}, notes: [] };
}

/** Writes a long table in parts, each under the header: the first row that has more than one cell, before which a title may stand. */
export function writeTable(rows: readonly string[][], writer: BlockWriter): void {
  const at = Math.max(
    0,
    rows.findIndex((row) => row.filter((cell) => cell.trim() !== '').length > 1),
  );
  for (const row of rows.slice(0, at)) writer.text(row.join(' '));
  const [header, ...rest] = rows.slice(at);
  if (header === undefined) return;
  const isHeaded = isHeaderRow(withoutEmptyEnd(header));
  if (rest.length === 0) writer.table([header], isHeaded);
  for (let start = 0; start < rest.length; start += ROWS_A_TABLE)
    writer.table([header, ...rest.slice(start, start + ROWS_A_TABLE)], isHeaded);
}

function withoutEmptyEnd(cells: readonly string[]): readonly string[] {
  return cells.slice(0, cells.findLastIndex((cell) => cell.trim() !== '') + 1);
}
