import type { CveId } from '../../domain/cve/cve-id.ts';
import type { SourceName } from '../../domain/source/lookup.ts';
import type { Mirror, MirroredAnswer, MirroredDocument, MirrorState } from '../../ports/mirror.ts';
import type { SqliteDatabase } from './database.ts';
import { createMirrorHistory } from './mirror-history.ts';

interface HeldRow {
  readonly cve_id: CveId;
  readonly is_known: 0 | 1;
  readonly fetched_at: string;
}

interface RecordRow {
  readonly cve_id: CveId;
  readonly record: string | null;
  readonly fetched_at: string;
}

/** The mirror in the embedded store. */
export function createSqliteMirror(database: SqliteDatabase): Mirror {
  const find = database.prepare<[string, string], RecordRow>(
    'SELECT cve_id, record, fetched_at FROM mirror_records WHERE source = ? AND cve_id = ?',
  );
  // One statement for many ids: each of its own would lock and unlock the file.
  const findMany = database.prepare<[string, string], RecordRow>(
    'SELECT cve_id, record, fetched_at FROM mirror_records WHERE source = ? AND cve_id IN (SELECT value FROM json_each(?))',
  );
  const findHeldMany = database.prepare<[string, string], HeldRow>(
    `SELECT cve_id, record IS NOT NULL AS is_known, fetched_at FROM mirror_records
     WHERE source = ? AND cve_id IN (SELECT value FROM json_each(?))`,
  );
  const save = database.prepare(
    'INSERT OR REPLACE INTO mirror_records (source, cve_id, record, fetched_at) VALUES (?, ?, ?, ?)',
  );
  const history = createMirrorHistory(database);
  const state = database.prepare<[string], MirrorState>(
    'SELECT version, records, fetched_at AS fetchedAt, unreadable FROM mirror_state WHERE source = ?',
  );

  function findRecords<Rec>(source: SourceName, cveIds: readonly CveId[]): ReadonlyMap<CveId, MirroredAnswer<Rec>> {
    const whole = state.get(source);
    const [first] = cveIds;
    const rows =
      first !== undefined && cveIds.length === 1
        ? find.all(source, first)
        : findMany.all(source, JSON.stringify(cveIds));
    const found = rows.map((row) => [row.cve_id, toAnswer<Rec>(row, row.record, whole)] as const);
    return addUnlisted(new Map(found), cveIds, whole);
  }

  function readAll(source: SourceName): Map<CveId, string> {
    const rows = database
      .prepare<[string], { cve_id: CveId; record: string }>(
        'SELECT cve_id, record FROM mirror_records WHERE source = ? AND record IS NOT NULL',
      )
      .all(source);
    return new Map(rows.map(({ cve_id, record }) => [cve_id, record]));
  }

  return {
    findRecords,
    findHeld(source, cveIds) {
      const whole = state.get(source);
      const rows = findHeldMany.all(source, JSON.stringify(cveIds));
      const found = rows.map((row) => [row.cve_id, toAnswer<null>(row, row.is_known ? 'null' : null, whole)] as const);
      return addUnlisted(new Map(found), cveIds, whole);
    },
    saveRecords(source, answers, fetchedAt) {
      // It reads before it writes: begun as a reader, it could not become a writer beside another process.
      database
        .transaction(() => {
          for (const { cveId, record } of answers) {
            history.noteChanged(source, cveId, record, fetchedAt);
            save.run(source, cveId, record === null ? null : JSON.stringify(record), fetchedAt);
          }
        })
        .immediate();
    },
    replaceRecords(source, rows, { version, fetchedAt, unreadable = 0 }) {
      return database
        .transaction(() => {
          const before = state.get(source) === undefined ? null : readAll(source);
          database.prepare('DELETE FROM mirror_records WHERE source = ?').run(source);
          let records = 0;
          for (const { cveId, record } of rows) {
            save.run(source, cveId, JSON.stringify(record), fetchedAt);
            records += 1;
            if (before === null) continue;
            history.note(source, cveId, parseOrNull(before.get(cveId)), record, fetchedAt);
            before.delete(cveId);
          }
          for (const [cveId, record] of before ?? []) history.note(source, cveId, parseOrNull(record), null, fetchedAt);
          database
            .prepare(
              'INSERT OR REPLACE INTO mirror_state (source, version, records, fetched_at, unreadable) VALUES (?, ?, ?, ?, ?)',
            )
            .run(source, version, records, fetchedAt, unreadable);
          return records;
        })
        .immediate();
    },
    findDocument<Doc>(name: MirroredDocument) {
      const row = database
        .prepare<[string], { document: string; version: string | null; records: number; fetched_at: string }>(
          'SELECT document, version, records, fetched_at FROM mirror_documents WHERE source = ?',
        )
        .get(name);
      if (row === undefined) return null;
      const { version, records, fetched_at: fetchedAt } = row;
      return { document: JSON.parse(row.document) as Doc, state: { version, records, fetchedAt } };
    },
    saveDocument(name, document, { version, records, fetchedAt }) {
      database
        .prepare(
          'INSERT OR REPLACE INTO mirror_documents (source, document, version, records, fetched_at) VALUES (?, ?, ?, ?, ?)',
        )
        .run(name, JSON.stringify(document), version, records, fetchedAt);
    },
    findState(source) {
      const fromDocument = database
        .prepare<[string], MirrorState>(
          'SELECT version, records, fetched_at AS fetchedAt FROM mirror_documents WHERE source = ?',
        )
        .get(source);
      return state.get(source) ?? fromDocument ?? null;
    },
    countRecords(source) {
      return Number(
        database
          .prepare('SELECT count(*) FROM mirror_records WHERE source = ? AND record IS NOT NULL')
          .pluck()
          .get(source),
      );
    },
  };
}

function parseOrNull(record: string | undefined): unknown {
  return record === undefined ? null : JSON.parse(record);
}

/** What was loaded whole after a record was fetched would have brought a newer one: the record was still true then. */
function toAnswer<Rec>(
  { fetched_at: own }: Pick<RecordRow, 'fetched_at'>,
  record: string | null,
  whole: MirrorState | undefined,
): MirroredAnswer<Rec> {
  if (record === null) return { kind: 'absent', fetchedAt: own };
  const fetchedAt = whole !== undefined && whole.fetchedAt > own ? whole.fetchedAt : own;
  return { kind: 'found', record: JSON.parse(record) as Rec, fetchedAt };
}

/** Of a source that was loaded whole, what it does not list is absent. */
function addUnlisted<Rec>(
  found: ReadonlyMap<CveId, MirroredAnswer<Rec>>,
  cveIds: readonly CveId[],
  whole: MirrorState | undefined,
): ReadonlyMap<CveId, MirroredAnswer<Rec>> {
  if (whole === undefined) return found;
  const absent: MirroredAnswer<Rec> = { kind: 'absent', fetchedAt: whole.fetchedAt };
  return new Map(cveIds.map((cveId) => [cveId, found.get(cveId) ?? absent]));
}
