import type { Query } from './query.ts';

/** The most rows that one statement carries: a few megabytes of findings. */
const ROWS = 500;

type Cell = string | number | null;

/**
 * Inserts rows, many a statement: `into` is what stands before their values, `otherwise` what stands after. Values are parameters, one a cell: as arrays of
 * columns (`unnest`) they would have to be escaped, which takes eight times as long for documents.
 */
export async function inBulk(
  query: Query,
  into: string,
  rows: readonly (readonly Cell[])[],
  otherwise = '',
): Promise<Record<string, Cell>[]> {
  const returned: Record<string, Cell>[] = [];
  for (let from = 0; from < rows.length; from += ROWS) {
    const some = rows.slice(from, from + ROWS);
    const width = some[0]?.length ?? 0;
    const places = some.map((row, index) => `(${row.map((_, column) => `$${index * width + column + 1}`).join()})`);
    returned.push(...(await query<Record<string, Cell>>(`${into} VALUES ${places.join()} ${otherwise}`, some.flat())));
  }
  return returned;
}

/** The last of the rows of each key: one statement may not write the same row twice. */
export function lastOfEach<Row>(rows: readonly Row[], keyOf: (row: Row) => string): Row[] {
  return [...new Map(rows.map((row) => [keyOf(row), row])).values()];
}
