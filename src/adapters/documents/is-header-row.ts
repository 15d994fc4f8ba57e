/** What names no column: a number (but a year), a day, an address, an id. */
const VALUE =
  /^[-+]?\d[\d.,\s]*%?$|\d{1,4}[-./]\d{1,2}[-./]\d{1,4}|\d{1,3}(?:\.\d{1,3}){3}|@|:\/\/|^(?:CVE|CWE|GHSA)-|^(?:yes|no|ja|nein|true|false)$/i;
const YEAR = /^(?:19|20)\d\d$/;
const LONGEST_NAME = 80;

/** Whether the first row of a table may name its columns: each of them is filled, and none holds what only values are, or says the same as another. */
export function isHeaderRow(cells: readonly string[]): boolean {
  const names = cells.map((cell) => cell.trim().toLowerCase());
  const isName = (cell: string) => cell !== '' && cell.length <= LONGEST_NAME && (YEAR.test(cell) || !VALUE.test(cell));
  return names.length > 1 && names.every(isName) && new Set(names).size === names.length;
}
