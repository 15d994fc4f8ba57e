import { toDigest } from '../../domain/finding/finding-digest.ts';
import { storableText } from '../../kernel/storable-text.ts';
import {
  ARCHIVE_KEYS,
  ARCHIVE_TABLES,
  type ArchiveRow,
  type ArchiveTable,
  type ArchiveTarget,
  type ArchiveView,
  columnsOf,
  type TruthArchive,
} from '../../ports/truth-archive.ts';
import { inBulk } from './bulk.ts';
import { FROM, HELD, type Held, isAlive } from './held.ts';
import { LOCKS } from './locks.ts';
import type { PostgresLink } from './postgres-link.ts';
import type { Query } from './query.ts';

/** Rows read at once. */
const PAGE = 500;

/** Columns that archives do not hold, because they are computed from those that they hold. */
const COMPUTED: Readonly<Partial<Record<ArchiveTable, (row: ArchiveRow) => ArchiveRow>>> = {
  assessments: ({ request, head }) => ({
    targets: JSON.stringify(JSON.parse(String(request)).targets ?? []),
    counts: head === null ? null : JSON.stringify(JSON.parse(String(head)).summary?.counts ?? null),
  }),
  findings: ({ document }) => ({ digest: JSON.stringify(toDigest(JSON.parse(String(document)))) }),
  // Nobody runs it here, nor was anybody ever heard of.
  runs: () => ({ owner: '', touched_at: '-infinity' }),
};

/** The store in PostgreSQL as a whole. */
export function createPostgresArchive(link: PostgresLink): TruthArchive {
  return {
    read: (work) => link.attempt('repeatable read, read only', (query) => work(viewOf(query))),
    restore: (work) =>
      link.attempt('read committed', async (query) => {
        await query('SELECT pg_advisory_xact_lock($1)', [LOCKS.audit]);
        return work(targetOf(query));
      }),
    async remove(assessmentIds) {
      const removed: string[] = [];
      // One at a time: each is a transaction of its own, whatever hangs on it.
      for (const id of assessmentIds) if (await link.write((query) => remove(query, id))) removed.push(id);
      return removed;
    },
  };
}

function viewOf(query: Query): ArchiveView {
  return {
    async *rows(table) {
      const numbers = ARCHIVE_TABLES[table].flatMap((column) =>
        column.includes('#') ? [column.replace(/[#?]/g, '')] : [],
      );
      await query(
        `DECLARE page NO SCROLL CURSOR FOR SELECT ${columnsOf(table).join(', ')} FROM eras.${table} ORDER BY ${ARCHIVE_KEYS[table].join(', ')}`,
      );
      for (;;) {
        const rows = await query<ArchiveRow>(`FETCH ${PAGE} FROM page`);
        if (rows.length === 0) break;
        yield rows.map((row) => withNumbers(row, numbers));
      }
      await query('CLOSE page');
    },
  };
}

/** Whole numbers of 64 bits come as text. */
function withNumbers(row: ArchiveRow, numbers: readonly string[]): ArchiveRow {
  const toNumber = (value: ArchiveRow[string] | undefined) => (value == null ? null : Number(value));
  return { ...row, ...Object.fromEntries(numbers.map((name) => [name, toNumber(row[name])])) };
}

function targetOf(query: Query): ArchiveTarget {
  return {
    ...viewOf(query),
    async add(table, rows) {
      const [first] = rows;
      if (first === undefined) return [];
      const names = [...columnsOf(table), ...Object.keys(COMPUTED[table]?.(first) ?? {})];
      const cells = rows.map((row) => {
        const full: ArchiveRow = { ...row, ...COMPUTED[table]?.(row) };
        return names.map((name) => cell(full[name]));
      });
      const [key = ''] = names;
      const into = `INSERT INTO eras.${table} (${names.join(', ')})`;
      const added = await inBulk(query, into, cells, `ON CONFLICT DO NOTHING RETURNING ${key}`);
      return added.map((row) => row[key] ?? null);
    },
    async addFirstSeen(rows) {
      const changed = await query(
        `INSERT INTO eras.first_seen AS f (finding_id, day) SELECT * FROM unnest($1::text[], $2::text[])
         ON CONFLICT (finding_id) DO UPDATE SET day = least(f.day, excluded.day) WHERE excluded.day < f.day RETURNING 1`,
        [rows.map((row) => cell(row['finding_id'])), rows.map((row) => cell(row['day']))],
      );
      return changed.length;
    },
  };
}

function cell(value: string | number | null | undefined): string | number | null {
  return typeof value === 'string' ? storableText(value) : (value ?? null);
}

/** Removes an assessment, its steps and the answers that it paid for; what they cost stays. */
async function remove(query: Query, id: string): Promise<boolean> {
  const [row] = await query<Held>(`SELECT ${HELD} ${FROM} WHERE a.id = $1 FOR UPDATE OF a, r`, [id]);
  if (row === undefined || (row.status === 'running' && isAlive(row))) return false;
  await query('DELETE FROM eras.assessments WHERE id = $1', [id]);
  await query('UPDATE eras.model_calls SET reply = NULL WHERE assessment_id = $1 AND reply IS NOT NULL', [id]);
  for (const table of ['checkpoints', 'checkpoint_blobs', 'checkpoint_writes']) {
    await query(`DELETE FROM eras.${table} WHERE thread_id IN ($1, 'tickets:' || $1)`, [id]);
  }
  return true;
}
