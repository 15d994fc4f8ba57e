import { createHash } from 'node:crypto';
import { messageOf, RiskError } from '../../kernel/risk-error.ts';
import { ARCHIVE_TABLE_NAMES, type ArchiveRow, type ArchiveTable } from '../../ports/truth-archive.ts';
import { ARCHIVE_VERSION, ArchiveEnd, ArchiveHeader, noRows, parseRow } from './archive-format.ts';

/** Rows of one table that follow one another. */
export interface ArchivePage {
  readonly table: ArchiveTable;
  readonly rows: readonly ArchiveRow[];
}

const PAGE = 500;
const NEWLINE = 10;
/** No row of ERAS is as long; a file without line ends must not fill the memory. */
const LONGEST_LINE = 2 ** 28;

/**
 * Reads an archive, some rows at a time. That it is whole is known when it ends without an error, and not before.
 * @throws RiskError `BAD_INPUT` for what is no archive, a damaged or cut one, or one of a newer version
 */
export async function* readArchive(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<ArchivePage> {
  let page: { table: ArchiveTable; rows: ArchiveRow[] } | null = null;
  for await (const { table, row } of readRows(bytes)) {
    if (page !== null && (page.table !== table || page.rows.length >= PAGE)) {
      yield page;
      page = null;
    }
    page ??= { table, rows: [] };
    page.rows.push(row);
  }
  if (page !== null) yield page;
}

async function* readRows(bytes: AsyncIterable<Uint8Array>) {
  const hash = createHash('sha256');
  const counts = noRows();
  let number = 0;
  let place = 0;
  let isEnded = false;
  for await (const line of linesOf(bytes)) {
    number += 1;
    if (isEnded) throw damaged(number, 'something follows its end');
    const value = parseLine(line, number);
    const row = number === 1 ? null : parseRow(value);
    if (number === 1) checkHeader(value);
    else if (row === null) checkEnd(value, counts, hash.copy().digest('hex'), number);
    isEnded = number > 1 && row === null;
    hash.update(line).update('\n');
    if (row === null) continue;
    const at = ARCHIVE_TABLE_NAMES.indexOf(row.table);
    if (at < place) throw damaged(number, `${row.table} stands after ${ARCHIVE_TABLE_NAMES[place]}`);
    place = at;
    counts[row.table] += 1;
    yield row;
  }
  if (!isEnded) throw damaged(number + 1, 'its end is missing');
}

function checkHeader(value: unknown): void {
  const header = ArchiveHeader.safeParse(value);
  if (!header.success) throw bad('it is no archive of ERAS (eras db export makes one)');
  const { version } = header.data;
  if (version <= ARCHIVE_VERSION) return;
  throw bad(`it is of a newer version of ERAS (format ${version}, this one knows ${ARCHIVE_VERSION}); update ERAS`);
}

function checkEnd(value: unknown, counts: Readonly<Record<string, number>>, sha256: string, number: number): void {
  const end = ArchiveEnd.safeParse(value);
  if (!end.success) throw damaged(number, 'it is no row of a table');
  const isSame = ARCHIVE_TABLE_NAMES.every((table) => end.data.end.counts[table] === counts[table]);
  if (!isSame || end.data.end.sha256 !== sha256) throw damaged(number, 'it is not what was written');
}

function parseLine(line: Buffer, number: number): unknown {
  try {
    return JSON.parse(line.toString());
  } catch {
    if (number === 1) throw bad('it is no archive of ERAS (eras db export makes one)');
    throw damaged(number, 'it is no JSON');
  }
}

/** The lines of a file. @throws RiskError `BAD_INPUT` where it cannot be read or unpacked to its end */
async function* linesOf(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  let parts: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const chunk of bytes) {
      let from = 0;
      for (let at = chunk.indexOf(NEWLINE); at >= 0; at = chunk.indexOf(NEWLINE, from)) {
        yield Buffer.concat([...parts, chunk.subarray(from, at)]);
        [parts, length, from] = [[], 0, at + 1];
      }
      if (from < chunk.length) parts.push(chunk.subarray(from));
      length += chunk.length - from;
      if (length > LONGEST_LINE) throw bad('it has a line without an end');
    }
  } catch (error) {
    throw error instanceof RiskError ? error : bad(`it is damaged: ${messageOf(error)}`);
  }
  if (parts.length > 0) yield Buffer.concat(parts);
}

function damaged(line: number, reason: string): RiskError {
  return bad(`it is damaged in line ${line}: ${reason}`);
}

function bad(reason: string): RiskError {
  return new RiskError({ code: 'BAD_INPUT', message: reason });
}
