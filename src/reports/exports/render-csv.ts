import { stringify } from 'csv-stringify/sync';
import type { Finding } from '../../domain/assessment/finding-schema.ts';
import type { Gap } from '../../domain/assessment/schema.ts';
import type { Write } from '../render-json.ts';
import type { Report } from '../report.ts';
import { CSV_COLUMNS } from './csv-columns.ts';
import { createTextWriter } from './json-text.ts';

/** Rows that are turned to text at once. */
const BATCH = 500;

/**
 * One row a finding (RFC 4180, UTF-8, header first). What is not known is an empty cell. Text that a spreadsheet would take for a formula
 * begins with an apostrophe (OWASP, "CSV Injection"); numbers stay numbers.
 */
export async function renderCsv({ head, readFindings }: Report, write: Write): Promise<void> {
  const gaps = indexGaps(head.gaps);
  const writer = createTextWriter(write);
  const add = (rows: readonly (readonly Cell[])[]) =>
    writer.add(stringify(rows as unknown[][], { record_delimiter: 'windows', escape_formulas: true }));
  await add([CSV_COLUMNS.map(({ name }) => name)]);
  let rows: Cell[][] = [];
  for await (const finding of readFindings()) {
    rows.push(toRow(finding, gaps));
    if (rows.length < BATCH) continue;
    await add(rows);
    rows = [];
  }
  if (rows.length > 0) await add(rows);
  await writer.end();
}

type Cell = string | number | null;

function toRow(finding: Finding, gaps: ReadonlyMap<string, string>): Cell[] {
  return CSV_COLUMNS.map(({ value }) => value(finding, gaps.get(finding.vulnerabilityId) ?? null) ?? null);
}

/** The gaps of each vulnerability, in words. */
function indexGaps(gaps: readonly Gap[]): ReadonlyMap<string, string> {
  const index = new Map<string, string>();
  for (const { cveId, source, reason } of gaps) {
    if (cveId === null) continue;
    const before = index.get(cveId);
    index.set(cveId, `${before === undefined ? '' : `${before}; `}${source}: ${reason}`);
  }
  return index;
}
