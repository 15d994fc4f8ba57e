import type { AssessmentStatus } from '../../domain/assessment/schema.ts';
import { toDigest } from '../../domain/finding/finding-digest.ts';
import {
  ARCHIVE_KEYS,
  type ArchiveRow,
  type ArchiveTable,
  type ArchiveTarget,
  type ArchiveView,
  columnsOf,
  type TruthArchive,
} from '../../ports/truth-archive.ts';
import type { SqliteDatabase } from './database.ts';
import { isOwnerAlive } from './owner.ts';

/** Rows read at once. */
const PAGE = 500;

/** Columns that archives do not hold, because they are computed from those that they hold. */
const COMPUTED: Readonly<Partial<Record<ArchiveTable, (row: ArchiveRow) => ArchiveRow>>> = {
  findings: ({ document }) => ({ digest: JSON.stringify(toDigest(JSON.parse(String(document)))) }),
  // Nobody runs it here, nor was anybody ever heard of.
  runs: () => ({ owner: '', touched_at: 0 }),
};

/** What of the embedded store nobody can have again, as a whole. */
export function createSqliteArchive(database: SqliteDatabase): TruthArchive {
  const within = async <Value>(begin: string, work: () => Promise<Value>): Promise<Value> => {
    database.exec(begin);
    try {
      const value = await work();
      database.exec('COMMIT');
      return value;
    } catch (error) {
      if (database.inTransaction) database.exec('ROLLBACK');
      throw error;
    }
  };
  return {
    read: (work) => within('BEGIN', () => work(viewOf(database))),
    restore: (work) => within('BEGIN IMMEDIATE', () => work(targetOf(database))),
    async remove(assessmentIds) {
      return assessmentIds.filter((id) => database.transaction(() => remove(database, id)).immediate());
    },
  };
}

function viewOf(database: SqliteDatabase): ArchiveView {
  return {
    async *rows(table) {
      const rows = database
        .prepare<[], ArchiveRow>(
          `SELECT ${columnsOf(table).join(', ')} FROM ${table} ORDER BY ${ARCHIVE_KEYS[table].join(', ')}`,
        )
        .iterate();
      let page: ArchiveRow[] = [];
      for (const row of rows) {
        page.push(row);
        if (page.length < PAGE) continue;
        yield page;
        page = [];
      }
      if (page.length > 0) yield page;
    },
  };
}

function targetOf(database: SqliteDatabase): ArchiveTarget {
  return {
    ...viewOf(database),
    async add(table, rows) {
      const [first] = rows;
      if (first === undefined) return [];
      const names = [...columnsOf(table), ...Object.keys(COMPUTED[table]?.(first) ?? {})];
      const insert = database
        .prepare<[object], string | number>(
          `INSERT INTO ${table} (${names.join(', ')}) VALUES (${names.map((name) => `@${name}`).join(', ')})
           ON CONFLICT DO NOTHING RETURNING ${names[0]}`,
        )
        .pluck();
      return rows.flatMap((row) => insert.all({ ...row, ...COMPUTED[table]?.(row) }));
    },
    async addFirstSeen(rows) {
      const insert = database.prepare(
        `INSERT INTO first_seen (finding_id, day) VALUES (@finding_id, @day)
         ON CONFLICT DO UPDATE SET day = excluded.day WHERE excluded.day < day`,
      );
      return rows.reduce((sum, row) => sum + insert.run(row).changes, 0);
    },
  };
}

/** Removes an assessment, its steps and the answers that it paid for; what they cost stays. */
function remove(database: SqliteDatabase, id: string): boolean {
  const row = database
    .prepare<[string], { status: AssessmentStatus; owner: string; touched_at: number }>(
      'SELECT status, owner, touched_at FROM assessments JOIN runs ON assessment_id = id WHERE id = ?',
    )
    .get(id);
  if (row === undefined || (row.status === 'running' && isOwnerAlive(row.owner, row.touched_at))) return false;
  database.prepare('DELETE FROM assessments WHERE id = ?').run(id);
  database.prepare('UPDATE model_calls SET reply = NULL WHERE assessment_id = ?').run(id);
  // LangGraph makes its tables when it is first used.
  const steps = database
    .prepare<[], string>(`SELECT name FROM sqlite_master WHERE type = 'table' AND name IN ('checkpoints', 'writes')`)
    .pluck()
    .all();
  for (const table of steps)
    database.prepare(`DELETE FROM ${table} WHERE thread_id IN (?, 'tickets:' || ?)`).run(id, id);
  return true;
}
