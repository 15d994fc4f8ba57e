import { z } from 'zod';
import {
  ARCHIVE_DEFAULTS,
  ARCHIVE_TABLE_NAMES,
  ARCHIVE_TABLES,
  type ArchiveRow,
  type ArchiveTable,
} from '../../ports/truth-archive.ts';

/**
 * An archive: JSON values, one a line. The first says what it is, then come the rows of the tables in their order, and the last says how many
 * there were of each and the SHA-256 of all bytes before it: an archive without it is no whole one.
 */
export const ARCHIVE_VERSION = 1;
export const ARCHIVE_FORMAT = 'eras-store';

export const ArchiveHeader = z.object({ format: z.literal(ARCHIVE_FORMAT), version: z.int().min(1) });

export const ArchiveEnd = z.strictObject({
  end: z.strictObject({ counts: z.record(z.string(), z.int().min(0)), sha256: z.string() }),
});

const ROWS = new Map<string, z.ZodType<ArchiveRow>>(
  ARCHIVE_TABLE_NAMES.map((table) => [table, z.strictObject(shapeOf(table)) as z.ZodType<ArchiveRow>]),
);

function shapeOf(table: ArchiveTable): Record<string, z.ZodType> {
  return Object.fromEntries(
    ARCHIVE_TABLES[table].map((column) => {
      const cell = column.includes('#') ? z.number() : z.string();
      const name = column.replace(/[#?]/g, '');
      const older = ARCHIVE_DEFAULTS[name];
      if (older !== undefined) return [name, z.string().default(older)];
      return [name, column.endsWith('?') ? cell.nullable() : cell];
    }),
  );
}

/** A line that holds a row. */
const Line = z.strictObject({ table: z.enum(ARCHIVE_TABLE_NAMES), row: z.unknown() });

/** Reads a row; null where it is none. */
export function parseRow(value: unknown): { readonly table: ArchiveTable; readonly row: ArchiveRow } | null {
  const line = Line.safeParse(value);
  const row = line.success ? ROWS.get(line.data.table)?.safeParse(line.data.row) : undefined;
  return line.success && row?.success ? { table: line.data.table, row: row.data } : null;
}

/** How many rows of each table. */
export type RowCounts = Readonly<Record<ArchiveTable, number>>;

/** None of any table. */
export function noRows(): Record<ArchiveTable, number> {
  return Object.fromEntries(ARCHIVE_TABLE_NAMES.map((table) => [table, 0])) as Record<ArchiveTable, number>;
}
