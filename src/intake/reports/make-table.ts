import { type OnScanned, withCleanHosts } from './clean-hosts.ts';
import type { FindingSubject } from './finding-subject.ts';
import { hostOf, isScanned, readRow } from './read-row.ts';
import type { CsvFormat, CsvRow, ReportItem } from './report-format.ts';
import type { TableColumns } from './table-columns.ts';

/** A format of tables whose rows are findings, by which of its columns hold what. */
export function createTable(table: {
  readonly name: string;
  /** The tool that writes it; null where anybody may. */
  readonly tool?: string | null;
  /** Of a table with these titles. */
  readonly columns: TableColumns | ((titles: readonly string[]) => TableColumns);
  readonly matches: CsvFormat['matches'];
  readonly known?: readonly string[];
  /** What a row is about where that is no host. */
  readonly subject?: (cells: CsvRow['cells']) => FindingSubject | null;
  /** Whether it is a scan of hosts, so that a host of which it tells anything was looked at; a list that people keep is none. */
  readonly isHostScan?: boolean;
  /** Whether a row tells that its host could only be scanned from outside. */
  readonly isFromOutside?: (cells: CsvRow['cells']) => boolean;
}): CsvFormat {
  const { name, columns, matches, known, tool = name, subject = () => null, isHostScan = false } = table;
  const { isFromOutside = () => false } = table;
  function* readRows(rows: readonly CsvRow[], present: TableColumns, onScanned: OnScanned): Generator<ReportItem> {
    for (const row of rows) {
      yield* readRow(row, present, { tool, subject: subject(row.cells) });
      if (isHostScan && isScanned(row.cells, present)) {
        onScanned(hostOf(row.cells, present), isFromOutside(row.cells));
      }
    }
  }
  return {
    kind: 'csv',
    name,
    matches,
    ...(known === undefined ? {} : { known }),
    *read(rows) {
      const [first] = rows;
      if (first === undefined) return;
      const may = typeof columns === 'function' ? columns(Object.keys(first.cells)) : columns;
      const present = presentColumns(may, first.cells);
      yield* withCleanHosts(tool ?? name, (onScanned) => readRows(rows, present, onScanned));
    },
  };
}

/** The columns that a table has, of those that it may have. */
function presentColumns(columns: TableColumns, cells: CsvRow['cells']): TableColumns {
  const entries = Object.entries(columns).map(
    ([field, titles]) => [field, titles.filter((title) => Object.hasOwn(cells, title))] as const,
  );
  return Object.fromEntries(entries);
}
