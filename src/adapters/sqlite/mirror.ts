import type { CveId } from '../../domain/cve/cve-id.ts';
import type { SourceName } from '../../domain/source/lookup.ts';
import type { Mirror, MirroredAnswer, MirrorState } from '../../ports/mirror.ts';
import type { SqliteDatabase } from './database.ts';

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
  const save = database.prepare(
    'INSERT OR REPLACE INTO mirror_records (source, cve_id, record, fetched_at) VALUES (?, ?, ?, ?)',
  );
  const state = database.prepare<[string], MirrorState>(
    'SELECT version, records, fetched_at AS fetchedAt FROM mirror_state WHERE source = ?',
  );

  function findRecords<Rec>(source: SourceName, cveIds: readonly CveId[]): ReadonlyMap<CveId, MirroredAnswer<Rec>> {
    const found = new Map<CveId, MirroredAnswer<Rec>>();
    const whole = state.get(source);
    for (const cveId of cveIds) {
      const row = find.get(source, cveId);
      if (row !== undefined) found.set(cveId, toAnswer<Rec>(row));
      else if (whole !== undefined) found.set(cveId, { kind: 'absent', fetchedAt: whole.fetchedAt });
    }
    return found;
  }

  return {
    findRecords,
    saveRecords(source, answers, fetchedAt) {
      database.transaction(() => {
        for (const { cveId, record } of answers) {
          save.run(source, cveId, record === null ? null : JSON.stringify(record), fetchedAt);
        }
      })();
    },
    replaceRecords(source, rows, { version, fetchedAt }) {
      return database
        .transaction(() => {
          database.prepare('DELETE FROM mirror_records WHERE source = ?').run(source);
          let records = 0;
          for (const { cveId, record } of rows) {
            save.run(source, cveId, JSON.stringify(record), fetchedAt);
            records += 1;
          }
          database
            .prepare('INSERT OR REPLACE INTO mirror_state (source, version, records, fetched_at) VALUES (?, ?, ?, ?)')
            .run(source, version, records, fetchedAt);
          return records;
        })
        .immediate();
    },
    findDocument<Doc>(source: SourceName) {
      const row = database
        .prepare<[string], { document: string; version: string | null; records: number; fetched_at: string }>(
          'SELECT document, version, records, fetched_at FROM mirror_documents WHERE source = ?',
        )
        .get(source);
      if (row === undefined) return null;
      const { version, records, fetched_at: fetchedAt } = row;
      return { document: JSON.parse(row.document) as Doc, state: { version, records, fetchedAt } };
    },
    saveDocument(source, document, { version, records, fetchedAt }) {
      database
        .prepare(
          'INSERT OR REPLACE INTO mirror_documents (source, document, version, records, fetched_at) VALUES (?, ?, ?, ?, ?)',
        )
        .run(source, JSON.stringify(document), version, records, fetchedAt);
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

function toAnswer<Rec>(row: RecordRow): MirroredAnswer<Rec> {
  if (row.record === null) return { kind: 'absent', fetchedAt: row.fetched_at };
  return { kind: 'found', record: JSON.parse(row.record) as Rec, fetchedAt: row.fetched_at };
}
