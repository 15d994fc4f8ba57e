import { closest, distance } from 'fastest-levenshtein';

/** Columns told one by one; the rest only count. */
const MOST_TOLD = 10;
const LONGEST_NAME = 40;

/** One line for the columns that are not read, with the known name that each may have been meant as; null where all are known. */
export function tellUnknownColumns(path: string, titles: Iterable<string>, known: readonly string[]): string | null {
  const names = [...new Set([...titles].map((title) => title.trim().toLowerCase()))];
  const unknown = names.filter((name) => name !== '' && !known.includes(name));
  if (unknown.length === 0) return null;
  const told = unknown.slice(0, MOST_TOLD).map((name) => {
    const near = nearest(name, known);
    return `"${name.slice(0, LONGEST_NAME)}"${near === null ? '' : ` (did you mean ${near}?)`}`;
  });
  const more = unknown.length > MOST_TOLD ? ` and ${unknown.length - MOST_TOLD} more` : '';
  const what =
    unknown.length === 1 ? 'a column that is not known and not read' : 'columns that are not known and not read';
  return `${path} has ${what}: ${told.join(', ')}${more}`;
}

/** The known name that is at most two changes away, and shares more than it differs. */
function nearest(name: string, known: readonly string[]): string | null {
  if (name.length > LONGEST_NAME) return null;
  const near = closest(name, [...known]);
  const changes = distance(name, near);
  return changes <= 2 && changes * 2 < name.length ? near : null;
}
