/** Rows by table, as lines of a terminal; with `added`, how many of them were new. */
export function renderRowCounts(
  counts: Readonly<Record<string, number>>,
  added?: Readonly<Record<string, number>>,
): string {
  const lines = Object.entries(counts).map(([table, count]) => {
    const news = added === undefined ? '' : `  ${String(added[table] ?? 0).padStart(9)} new`;
    return `  ${table.padEnd(16)} ${String(count).padStart(9)}${news}`;
  });
  return `${lines.join('\n')}\n`;
}
