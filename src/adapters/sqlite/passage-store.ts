import { ulid } from 'ulid';
import { ID_FIELDS } from '../../domain/knowledge/document.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { PassageStore } from '../../ports/passage-store.ts';
import type { SqliteDatabase } from './database.ts';
import { toFilterSql } from './passage-filter.ts';
import { createPassageRows } from './passage-rows.ts';
import { createPassageVectors } from './passage-vectors.ts';

/** What was begun and neither finished nor begun again for so long belongs to a process that is gone. */
const ABANDONED_MS = 24 * 3600 * 1000;

/** Documents and words in the embedded store, for vectors that are elsewhere. */
export function createSqlitePassageStore(database: SqliteDatabase, clock: Clock): PassageStore {
  const rows = createPassageRows(database);
  const note = database.prepare(
    'INSERT OR REPLACE INTO vector_journal (passage_id, is_obsolete, noted_at) VALUES (?, ?, ?)',
  );
  const forget = database.prepare('DELETE FROM vector_journal WHERE passage_id = ?');
  const isHere = database.prepare<[string], number>('SELECT 1 FROM passages WHERE id = ?').pluck();
  const leftOver = database
    .prepare<[string], string>(
      `SELECT passage_id FROM vector_journal WHERE (is_obsolete = 1 OR noted_at < ?)
       AND passage_id NOT IN (SELECT id FROM passages) ORDER BY passage_id`,
    )
    .pluck();
  const now = () => clock.now();
  const collection = () => rows.readState()?.collection ?? null;

  function remove(id: string): void {
    for (const passage of rows.removeDocument(id)) note.run(passage.id, 1, now().toISOString());
  }

  return {
    state: rows.state,
    listDocuments: rows.listDocuments,
    givenFields: rows.givenFields,
    documentsOf(filter) {
      if (!ID_FIELDS.includes(filter.field)) return null;
      const { condition, values } = toFilterSql([filter]);
      return database
        .prepare<unknown[], string>(`SELECT d.id FROM documents d WHERE ${condition}`)
        .pluck()
        .all(...values);
    },
    collection,
    settle(model, dimensions) {
      return database
        .transaction(() => {
          const name = collection() ?? `eras-${ulid(now().getTime()).toLowerCase()}`;
          rows.settle({ model, dimensions, collection: name });
          return name;
        })
        .immediate();
    },
    begin(passageIds) {
      database
        .transaction(() => {
          for (const id of passageIds) if (isHere.get(id) === undefined) note.run(id, 0, now().toISOString());
        })
        .immediate();
    },
    replaceDocument(document, passages) {
      database
        .transaction(() => {
          remove(document.id);
          rows.insertDocument(document);
          for (const passage of passages) {
            rows.insertPassage(document, passage);
            forget.run(passage.id);
          }
        })
        .immediate();
    },
    removeDocuments(ids) {
      database
        .transaction(() => {
          for (const id of ids) remove(id);
        })
        .immediate();
    },
    leftOver: () => leftOver.all(new Date(now().getTime() - ABANDONED_MS).toISOString()),
    finish(passageIds) {
      database
        .transaction(() => {
          for (const id of passageIds) forget.run(id);
        })
        .immediate();
    },
    search({ words, ids, filters, limit }, near) {
      const filter = toFilterSql(filters);
      const bm25 = rows.findByWords(words, filter, limit);
      const rowOf = rows.rowsOf([...near.keys()]);
      const similarity = new Map([...rowOf].map(([id, row]) => [row, near.get(id) ?? 0]));
      const found = new Set([...bm25.keys(), ...rows.findByIds(ids, filter, limit), ...similarity.keys()]);
      return rows.load([...found], bm25, similarity);
    },
    clear() {
      database
        .transaction(() => {
          rows.clear();
          createPassageVectors(database).drop();
        })
        .immediate();
    },
  };
}
