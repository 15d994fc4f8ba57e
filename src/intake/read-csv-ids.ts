import { parse } from 'csv-parse/sync';
import { messageOf, RiskError } from '../kernel/risk-error.ts';
import { type FoundIds, findIds } from './find-ids.ts';

/** Names of the column that holds the CVE id, in lists that people keep and scanners write. */
const ID_COLUMNS = new Set([
  'cve',
  'cves',
  'cve_id',
  'cveid',
  'cve id',
  'cve-id',
  'vulnerability',
  'vulnerability_id',
  'vulnerability id',
]);
const SEPARATORS = [',', ';', '\t'] as const;

/**
 * The ids in the columns of a CSV file that names such a column in its first line; null where it does not, and is then no CSV to
 * us. @throws RiskError `BAD_INPUT` where the rest cannot be read as CSV.
 */
export function readCsvIds(name: string, text: string): FoundIds | null {
  const [header = ''] = text.replace(/^\ufeff/, '').split(/\r?\n/, 1);
  const separator = SEPARATORS.find((sign) => header.includes(sign));
  if (separator === undefined) return null;
  const columns = header.split(separator).map((title) => title.replace(/^"|"$/g, '').trim().toLowerCase());
  const positions = columns.flatMap((title, index) => (ID_COLUMNS.has(title) ? [index] : []));
  if (positions.length === 0) return null;
  const rows = readRows(name, text, separator);
  const cells = rows.slice(1).flatMap((row) => positions.map((position) => row[position] ?? ''));
  return findIds(cells.flatMap((cell) => cell.split(/[\s;,|]+/)).join('\n'), 'document');
}

function readRows(name: string, text: string, delimiter: string): string[][] {
  try {
    return parse(text, { delimiter, bom: true, skip_empty_lines: true, relax_column_count: true });
  } catch (error) {
    const message = `${name} begins like CSV but cannot be read as CSV: ${messageOf(error)}`;
    throw new RiskError({ code: 'BAD_INPUT', message, cause: error });
  }
}
