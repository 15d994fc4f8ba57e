import { findCveIds, parseCveId } from '../../domain/cve/cve-id.ts';
import type { Host } from '../../domain/finding/sighting.ts';
import { type OnScanned, withCleanHosts } from './clean-hosts.ts';
import type { FindingSubject } from './finding-subject.ts';
import { toComponent, toFinding, toFixedStatement, toHost, toReported } from './make-items.ts';
import type { CsvFormat, CsvRow, ReportItem } from './report-format.ts';
import { textOf, wholeTextOf } from './values.ts';

/** What a column of a table may hold. */
export const TABLE_FIELDS = [
  'cve',
  'host',
  'ip',
  'component',
  'version',
  'fixed',
  'severity',
  'purl',
  'cpe',
  'title',
  'description',
] as const;
export type TableField = (typeof TABLE_FIELDS)[number];

/** Titles (lower case) of the columns that hold each field, the preferred first. */
export type TableColumns = Readonly<Partial<Record<TableField | 'vector' | 'state' | 'scanned', readonly string[]>>>;

/** Advisories' ids that may stand beside CVE ids; a free cell may hold any words. */
const ADVISORY_ID =
  /^(?:GHSA(?:-[\da-z]{4}){3}|(?:RUSTSEC|PYSEC|OSV|GO|GMS|MAL|DSA|DLA|USN|TEMP|SNYK|ALAS|ALAS2|ELSA|RH[SBE]A|CESA|GLSA|VULNDB|SONATYPE|PRISMA|WS)-[\w.:-]*\d[\w.:-]*)$/i;

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
}): CsvFormat {
  const { name, columns, matches, known, tool = name, subject = () => null, isHostScan = false } = table;
  function* readRows(rows: readonly CsvRow[], present: TableColumns, onScanned: OnScanned): Generator<ReportItem> {
    for (const row of rows) {
      yield* readRow(row, present, { tool, subject: subject(row.cells) });
      if (isHostScan && isScanned(row.cells, present)) onScanned(hostOf(row.cells, present));
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

/** Qualys' word for a host that was there, whatever was found on it. */
const WAS_SCANNED = /^host scanned/i;

/** Whether a row of a scan tells that its host was there: a test of it, or that it was scanned. */
function isScanned(cells: CsvRow['cells'], { title = [], scanned = [] }: TableColumns): boolean {
  return textsIn(cells, title).length > 0 || textsIn(cells, scanned).some((text) => WAS_SCANNED.test(text));
}

function hostOf(cells: CsvRow['cells'], { host = [], ip = [] }: TableColumns): Host | null {
  return toHost(...textsIn(cells, host), ...textsIn(cells, ip));
}

/** The columns that a table has, of those that it may have. */
function presentColumns(columns: TableColumns, cells: CsvRow['cells']): TableColumns {
  const entries = Object.entries(columns).map(
    ([field, titles]) => [field, titles.filter((title) => Object.hasOwn(cells, title))] as const,
  );
  return Object.fromEntries(entries);
}

/** The items of a row: a finding, or a component or an entry without id; and what looks like a CVE id and is none. */
function* readRow(
  { line, cells }: CsvRow,
  columns: TableColumns,
  { tool, subject }: { readonly tool: string | null; readonly subject: FindingSubject | null },
): Iterable<ReportItem> {
  const position = `line ${line}`;
  const all = (field: keyof TableColumns) => textsIn(cells, columns[field] ?? []);
  const one = (field: keyof TableColumns) => all(field)[0] ?? null;
  const { ids, broken } = idsIn((columns.cve ?? []).flatMap((title) => wholeTextOf(cells[title]) ?? []));
  const component = toComponent({
    purl: one('purl'),
    cpe: one('cpe'),
    name: one('component'),
    installedVersion: one('version'),
    fixedVersion: one('fixed'),
  });
  for (const what of broken) yield { kind: 'unreadable', position, what };
  if (ids.length === 0 && broken.length > 0) return;
  const [title, severity] = [one('title'), one('severity')];
  if (ids.length === 0) {
    const what = title ?? one('description') ?? all('cve')[0] ?? null;
    // A host in which nothing was found is no finding.
    if (what === null && all('scanned').length > 0) return;
    // A row that says anything at all was meant to tell of something.
    const place = [...all('host'), ...all('ip'), severity].find((text) => text !== null) ?? null;
    yield* readWithoutId({ position, component, severity, what: what ?? (component === null ? place : null) });
    return;
  }
  yield toFinding({
    ids,
    component,
    host: hostOf(cells, columns),
    subject,
    position,
    tool,
    severity,
    vex: toFixedStatement(one('state'), tool ?? 'the table'),
    reported: toReported({ title, description: one('description'), cvssVectors: all('vector') }),
  });
}

/** Severities of rows that only inform. */
const INFORMS = /^(?:none|info|information|informational|log|0(?:\.0)?)$/i;

function* readWithoutId(row: {
  position: string;
  component: ReturnType<typeof toComponent>;
  severity: string | null;
  what: string | null;
}): Iterable<ReportItem> {
  const { position, component, severity, what } = row;
  if (component !== null && what === null) yield { kind: 'component', component, position };
  else if (what !== null && !INFORMS.test(severity ?? '')) yield { kind: 'no-id', position, what };
}

function textsIn(cells: CsvRow['cells'], titles: readonly string[]): string[] {
  return titles.flatMap((title) => {
    const text = textOf(cells[title]);
    return text === null ? [] : [text];
  });
}

function idsIn(texts: readonly string[]): { readonly ids: string[]; readonly broken: string[] } {
  const tokens = texts.flatMap((text) => text.split(/[\s;,|]+/)).filter((token) => token !== '');
  const ids: string[] = [...findCveIds(texts.join('\n'))];
  const broken: string[] = [];
  for (const token of tokens) {
    if (ADVISORY_ID.test(token)) ids.push(token);
    else if (/^(?:cve[-_–—]\S|cve\d|can-\d)/i.test(token) && findCveIds(token).length === 0)
      broken.push(parseProblem(token));
  }
  return { ids, broken };
}

function parseProblem(token: string): string {
  const parsed = parseCveId(token);
  return parsed.ok ? token : parsed.error;
}
