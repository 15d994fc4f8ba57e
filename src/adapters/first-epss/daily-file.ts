import { parse } from 'csv-parse/sync';
import type { EpssDay } from '../../domain/epss/epss-day.ts';
import type { EpssScore } from '../../domain/epss/epss-score.ts';
import { chunksOf } from '../../kernel/chunks-of.ts';
import { failure, type Result, success } from '../../kernel/result.ts';
import { Score } from './schema.ts';

// A day that lost more than this share of its rows would wrongly call CVEs unscored.
const MAX_LOSS = 0.1;
// Rows parsed at a stretch, so that other work of the process gets its turn in between.
const ROWS_AT_ONCE = 20_000;

/**
 * Reads a daily file of FIRST: `cve,epss[,percentile]`, with or without the comment line that tells model and day.
 * Asynchronous only to leave room for other work; nothing is fetched.
 */
export async function parseEpssCsv(text: string): Promise<Result<EpssDay, string>> {
  const { comment, header, rows } = splitHead(text);
  const columns = header.split(',').map((name) => name.trim().toLowerCase());
  const [cve = -1, epss = -1, percentile = -1] = ['cve', 'epss', 'percentile'].map((name) => columns.indexOf(name));
  if (cve === -1 || epss === -1) {
    return failure('not an EPSS file (no header "cve,epss,percentile")');
  }
  const date = /\bscore_date:(\d{4}-\d{2}-\d{2})/.exec(comment)?.[1] ?? null;
  const scores: EpssScore[] = [];
  let unreadable = 0;
  for (const lines of chunksOf(rows, ROWS_AT_ONCE)) {
    const parsed = parseRows(lines);
    if (!parsed.ok) return parsed;
    for (const row of parsed.value) {
      const score = Score.safeParse({ cve: row[cve], epss: row[epss], percentile: row[percentile], date });
      if (score.success) scores.push(score.data);
      else unreadable += 1;
    }
    await new Promise((resume) => setImmediate(resume));
  }
  if (scores.length === 0 || unreadable > MAX_LOSS * (scores.length + unreadable)) {
    return failure(`the EPSS file is not whole: ${scores.length} readable rows, ${unreadable} unreadable`);
  }
  return success({
    modelVersion: /\bmodel_version:([^,\s]{1,60})/.exec(comment)?.[1] ?? null,
    date,
    scores,
    unreadable,
  });
}

function splitHead(text: string): { comment: string; header: string; rows: string[] } {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  const comments = lines.findIndex((line) => !line.startsWith('#') && line.trim() !== '');
  if (comments === -1) return { comment: '', header: '', rows: [] };
  return {
    comment: lines.slice(0, comments).join(' '),
    header: lines[comments] ?? '',
    rows: lines.slice(comments + 1),
  };
}

/** Cells by position: a record by names for each of 300,000 rows takes half as long again. */
function parseRows(lines: readonly string[]): Result<string[][], string> {
  try {
    return success(parse(lines.join('\n'), { skip_empty_lines: true, relax_column_count: true, trim: true }));
  } catch (thrown) {
    return failure(
      `the EPSS file is no CSV (${thrown instanceof Error ? thrown.message.slice(0, 100) : 'unreadable'})`,
    );
  }
}
