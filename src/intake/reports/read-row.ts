import { DASH, findCveIds, parseCveId } from '../../domain/cve/cve-id.ts';
import type { Host } from '../../domain/finding/sighting.ts';
import type { FindingSubject } from './finding-subject.ts';
import { toComponent, toFinding, toFixedStatement, toHost, toReported } from './make-items.ts';
import type { CsvRow, ReportItem } from './report-format.ts';
import type { TableColumns } from './table-columns.ts';
import { textOf, wholeTextOf } from './values.ts';

type Cells = CsvRow['cells'];

/** Advisories' ids that may stand beside CVE ids; a free cell may hold any words. */
const ADVISORY_ID =
  /^(?:GHSA(?:-[\da-z]{4}){3}|(?:RUSTSEC|PYSEC|OSV|GO|GMS|MAL|DSA|DLA|USN|TEMP|SNYK|ALAS|ALAS2|ELSA|RH[SBE]A|CESA|GLSA|VULNDB|SONATYPE|PRISMA|WS)-[\w.:-]*\d[\w.:-]*)$/i;

const MEANT_AS_CVE = new RegExp(`^(?:cve(?:_|${DASH})\\S|cve\\d|can-\\d)`, 'i');

/** Qualys' word for a host that was there, whatever was found on it. */
const WAS_SCANNED = /^host scanned/i;

/** Whether a row of a scan tells that its host was there: a test of it, or that it was scanned. */
export function isScanned(cells: Cells, { title = [], scanned = [] }: TableColumns): boolean {
  return textsIn(cells, title).length > 0 || textsIn(cells, scanned).some((text) => WAS_SCANNED.test(text));
}

/** The host of a row, by its names and addresses; null where it has none. */
export function hostOf(cells: Cells, { host = [], ip = [] }: TableColumns): Host | null {
  return toHost(...textsIn(cells, host), ...textsIn(cells, ip));
}

/** The items of a row: a finding, or a component or an entry without id; and what looks like a CVE id and is none. */
export function* readRow(
  { line, cells }: CsvRow,
  columns: TableColumns,
  { tool, subject }: { readonly tool: string | null; readonly subject: FindingSubject | null },
): Iterable<ReportItem> {
  const position = `line ${line}`;
  const { ids, broken } = idsOf(cells, columns, tool);
  for (const what of broken) yield { kind: 'unreadable', position, what };
  if (ids.length === 0) {
    if (broken.length === 0) yield* readWithoutId(cells, columns, position);
    return;
  }
  const one = (field: keyof TableColumns) => firstIn(cells, columns[field]);
  yield toFinding({
    ids,
    component: componentOf(cells, columns),
    host: hostOf(cells, columns),
    subject,
    position,
    tool,
    severity: one('severity'),
    vex: toFixedStatement(one('state'), tool ?? 'the table'),
    reported: toReported({
      title: one('title'),
      description: one('description'),
      cvssVectors: textsIn(cells, columns.vector ?? []),
    }),
  });
}

/** Severities of rows that only inform. */
const INFORMS = /^(?:none|info|information|informational|log|0(?:\.0)?)$/i;

/** A component alone is one of a list; any other row that says anything at all was meant to tell of something, and is counted. */
function* readWithoutId(cells: Cells, columns: TableColumns, position: string): Generator<ReportItem> {
  const component = componentOf(cells, columns);
  const severity = firstIn(cells, columns.severity);
  const named = [columns.title, columns.description, columns.cve].map((titles) => firstIn(cells, titles)).find(Boolean);
  if (named === undefined && component !== null && severity === null) {
    yield { kind: 'component', component, position };
    return;
  }
  // A host in which nothing was found is no finding.
  const isHostAlone = named === undefined && firstIn(cells, columns.scanned) !== null;
  if (isHostAlone || INFORMS.test(severity ?? '')) return;
  const { component: names = [], host = [], ip = [] } = columns;
  const what = named ?? firstIn(cells, [...names, ...host, ...ip, ...Object.keys(cells)]);
  if (what !== null) yield { kind: 'no-id', position, what };
}

function componentOf(cells: Cells, { purl, cpe, component, version, fixed }: TableColumns) {
  return toComponent({
    purl: firstIn(cells, purl),
    cpe: firstIn(cells, cpe),
    name: firstIn(cells, component),
    installedVersion: firstIn(cells, version),
    fixedVersion: firstIn(cells, fixed),
  });
}

function textsIn(cells: Cells, titles: readonly string[]): string[] {
  return titles.flatMap((title) => textOf(cells[title]) ?? []);
}

function firstIn(cells: Cells, titles: readonly string[] = []): string | null {
  return textsIn(cells, titles)[0] ?? null;
}

interface IdsOfRow {
  readonly ids: readonly string[];
  readonly broken: readonly string[];
}

/** The ids of a row; in a list of anybody's (`tool` null), the title is where an id stands that is in no column of its own. */
function idsOf(cells: Cells, { cve = [], title = [] }: TableColumns, tool: string | null): IdsOfRow {
  const stated = idsIn(cells, cve);
  return stated.ids.length + stated.broken.length === 0 && tool === null ? idsIn(cells, title) : stated;
}

function idsIn(cells: Cells, titles: readonly string[]): IdsOfRow {
  const texts = titles.flatMap((title) => wholeTextOf(cells[title]) ?? []);
  const all = texts.flatMap((text) => text.split(/[\s;,|]+/)).filter((token) => token !== '');
  const [tokens, paths] = [all.filter((token) => !isPath(token)), all.filter(isPath)];
  const ids: string[] = [...findCveIds(tokens.join('\n'))];
  const broken: string[] = paths.map(parseProblem);
  for (const token of tokens) {
    if (ADVISORY_ID.test(token)) ids.push(token);
    else if (MEANT_AS_CVE.test(token) && findCveIds(token).length === 0) broken.push(parseProblem(token));
  }
  return { ids, broken };
}

/** `CVE-2021-44228/../../etc/passwd` begins like an id and is none. */
function isPath(token: string): boolean {
  return MEANT_AS_CVE.test(token) && /[\\/]\.{1,2}(?:[\\/]|$)/.test(token);
}

function parseProblem(token: string): string {
  const parsed = parseCveId(token);
  return parsed.ok ? token : parsed.error;
}
