/** Sets the cells of a row apart. */
export const CELL = ' | ';

/** A header says long questions at times: so much of them says which one it is. */
const LONGEST_NAME = 80;

/**
 * The rows of a table, each cell with the name of its column (`Owner: Ann | Accepted until: 2026-09-30`): a row that is found, quoted or shown to a model
 * says what it says by itself. Empty cells are left out, and the header, which every row repeats; where a table has nothing else, or only one column, it
 * stays as it is.
 */
export function nameCells(table: string): string {
  const lines = table.split('\n');
  const at = lines.findIndex((line) => filled(line.split(CELL)) > 1);
  const header = lines[at];
  const rows = lines.slice(at + 1).filter((line) => line !== header);
  if (header === undefined || rows.length === 0) return table;
  const names = header.split(CELL).map(nameOf);
  return [...lines.slice(0, at), ...rows.map((row) => nameRow(row, names))].join('\n');
}

function nameRow(row: string, names: readonly string[]): string {
  const cells = row.split(CELL);
  // A line across the whole table: what the rows below it are about.
  if (filled(cells) <= 1 && cells[0] !== '') return cells[0] ?? row;
  return cells
    .map((cell, place) => (cell === '' || (names[place] ?? '') === '' ? cell : `${names[place]}: ${cell}`))
    .filter((cell) => cell !== '')
    .join(CELL);
}

const filled = (cells: readonly string[]) => cells.filter((cell) => cell.trim() !== '').length;

function nameOf(cell: string): string {
  const name = cell.trim().replace(/\s*:$/, '');
  return name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME - 1).trimEnd()}…` : name;
}
