import type { Query } from './query.ts';

/** The most rows that one statement carries: a few megabytes of findings. */
const ROWS = 500;

type Cell = string | number | null;

/** Runs a statement over rows that are handed to it as one array a column: `$1` the first column, `$2` the second, … */
export async function inBulk(query: Query, statement: string, rows: readonly (readonly Cell[])[]): Promise<void> {
  for (let from = 0; from < rows.length; from += ROWS) {
    const some = rows.slice(from, from + ROWS);
    const columns = (some[0] ?? []).map((_, column) => some.map((row) => row[column] ?? null));
    await query(statement, columns);
  }
}

/** The last of the rows of each key: one statement may not write the same row twice. */
export function lastOfEach<Row>(rows: readonly Row[], keyOf: (row: Row) => string): Row[] {
  return [...new Map(rows.map((row) => [keyOf(row), row])).values()];
}
