import type { DocumentFields, DocumentRecord, Passage } from '../../domain/knowledge/document.ts';
import { RiskError } from '../../kernel/risk-error.ts';
import type { FoundPassage, KnowledgeState } from '../../ports/knowledge-index.ts';
import type { SqliteDatabase } from './database.ts';
import { FILTERED, type FilterSql } from './passage-filter.ts';

interface FoundRow extends Omit<Passage, 'ids' | 'pages'>, Omit<DocumentRecord, 'id' | 'fields' | 'given'> {
  readonly row: number;
  readonly document_id: string;
  /** JSON, as in the tables. */
  readonly ids: string;
  readonly fields: string;
  /** JSON; null where the passage is on one page. */
  readonly page_starts: string | null;
}

interface StateRow {
  readonly model: string;
  readonly dimensions: number;
  /** Null: the vectors are in the store. */
  readonly collection: string | null;
}

/** How much a word weighs in a document's title, in the headings above a passage, and in the passage itself. */
const FIELD_WEIGHTS = '1.0, 2.0, 1.0';

/** Whether the store has any document; every assessment asks. */
export function hasDocuments(database: SqliteDatabase): boolean {
  return database.prepare('SELECT 1 FROM documents LIMIT 1').get() !== undefined;
}

/**
 * Documents and passages in the store with the words and ids of both: FTS5. What concerns vectors is left to who calls, and so is the
 * transaction of what writes.
 */
export function createPassageRows(database: SqliteDatabase) {
  const rowsOf = database.prepare<[string], { row: number; id: string }>(
    'SELECT row, id FROM passages WHERE document_id = ?',
  );
  const deleteDocument = database.prepare('DELETE FROM documents WHERE id = ?');
  const deleteWords = database.prepare('DELETE FROM passages_fts WHERE rowid = ?');
  const deleteIds = database.prepare('DELETE FROM passage_ids WHERE row = ?');
  const insertDocument = database.prepare(
    'INSERT INTO documents (id, path, title, type, pages, hash, date, fields) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
  );
  const insertPassage = database.prepare(
    'INSERT INTO passages (id, document_id, ordinal, page, section, text, ids, page_starts) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
  );
  const giveFields = database.prepare('INSERT OR REPLACE INTO given_fields (document_id, fields) VALUES (?, ?)');
  const forgetFields = database.prepare('DELETE FROM given_fields WHERE document_id = ?');
  const insertWords = database.prepare('INSERT INTO passages_fts (rowid, title, section, body) VALUES (?, ?, ?, ?)');
  const insertId = database.prepare('INSERT INTO passage_ids (named, row) VALUES (?, ?)');
  const readState = () =>
    database.prepare<[], StateRow>('SELECT model, dimensions, collection FROM knowledge_state').get();

  return {
    readState,
    state(): KnowledgeState {
      const count = (table: string) => Number(database.prepare(`SELECT count(*) FROM ${table}`).pluck().get());
      const held = readState();
      return {
        model: held?.model ?? null,
        dimensions: held?.dimensions ?? null,
        vectors: held === undefined ? null : held.collection === null ? 'store' : 'elsewhere',
        documents: count('documents'),
        passages: count('passages'),
      };
    },
    /** The collection is of the first model and place that it was given. Returns whether this is the first. */
    settle({ model, dimensions, collection }: StateRow): boolean {
      const held = readState();
      if (held === undefined) {
        database
          .prepare('INSERT INTO knowledge_state (model, dimensions, collection) VALUES (?, ?, ?)')
          .run(model, dimensions, collection);
        return true;
      }
      const what = differenceOf(held, { model, dimensions, collection });
      if (what === null) return false;
      throw new RiskError({ code: 'BAD_INPUT', message: `the knowledge base ${what}` });
    },
    listDocuments: () =>
      database
        .prepare<[], Pick<DocumentRecord, 'id' | 'path' | 'hash'>>('SELECT id, path, hash FROM documents ORDER BY path')
        .all(),
    /** Returns the passages that went with it. */
    removeDocument(id: string): readonly { readonly row: number; readonly id: string }[] {
      const passages = rowsOf.all(id);
      for (const { row } of passages) {
        deleteWords.run(row);
        deleteIds.run(row);
      }
      deleteDocument.run(id);
      forgetFields.run(id);
      return passages;
    },
    givenFields(): ReadonlyMap<string, DocumentFields> {
      const rows = database
        .prepare<[], { id: string; fields: string }>('SELECT document_id AS id, fields FROM given_fields')
        .all();
      return new Map(rows.map(({ id, fields }) => [id, JSON.parse(fields)]));
    },
    insertDocument({ id, path, title, type, pages, hash, date, fields, given = {} }: DocumentRecord): void {
      insertDocument.run(id, path, title, type, pages, hash, date, JSON.stringify(fields));
      if (Object.keys(given).length > 0) giveFields.run(id, JSON.stringify(given));
    },
    /** Returns its row. */
    insertPassage(
      document: DocumentRecord,
      { id, ordinal, page, pages, section, text, ids }: Passage,
    ): number | bigint {
      const starts = pages === undefined ? null : JSON.stringify(pages);
      const { lastInsertRowid: row } = insertPassage.run(
        ...([id, document.id, ordinal, page, section, text, JSON.stringify(ids), starts] as const),
      );
      insertWords.run(row, document.title, section ?? '', text);
      for (const one of ids) insertId.run(one, row);
      return row;
    },
    clear(): void {
      for (const table of ['passages_fts', 'passage_ids', 'passages', 'documents', 'knowledge_state'])
        database.exec(`DELETE FROM ${table}`);
    },
    /** Any of the words, as FTS5 stems them; words of several parts (`pay-gw-01`) as phrases. Scores are BM25, the higher the better. */
    findByWords(words: readonly string[], { condition, values }: FilterSql, limit: number): Map<number, number> {
      if (words.length === 0) return new Map();
      const match = words.map((word) => `"${word.replaceAll('"', '""')}"`).join(' OR ');
      const inFilter = values.length === 0 ? '' : `AND rowid IN (${FILTERED} ${condition})`;
      const rows = database
        .prepare<unknown[], { row: number; score: number }>(
          `SELECT rowid AS row, -bm25(passages_fts, ${FIELD_WEIGHTS}) AS score FROM passages_fts
           WHERE passages_fts MATCH ? ${inFilter} ORDER BY score DESC, rowid LIMIT ?`,
        )
        .all(match, ...values, limit);
      return new Map(rows.map(({ row, score }) => [row, score]));
    },
    findByIds(ids: readonly string[], { condition, values }: FilterSql, limit: number): number[] {
      if (ids.length === 0) return [];
      return database
        .prepare<unknown[], number>(
          `SELECT DISTINCT row FROM passage_ids WHERE named IN (SELECT value FROM json_each(?))
           AND row IN (${FILTERED} ${condition}) ORDER BY row LIMIT ?`,
        )
        .pluck()
        .all(JSON.stringify(ids), ...values, limit);
    },
    /** Rows of passages by their ids. */
    rowsOf(ids: readonly string[]): Map<string, number> {
      if (ids.length === 0) return new Map();
      const rows = database
        .prepare<[string], { id: string; row: number }>(
          'SELECT id, row FROM passages WHERE id IN (SELECT value FROM json_each(?))',
        )
        .all(JSON.stringify(ids));
      return new Map(rows.map(({ id, row }) => [id, row]));
    },
    load(
      rows: readonly number[],
      bm25: ReadonlyMap<number, number>,
      similarity: ReadonlyMap<number, number>,
    ): FoundPassage[] {
      if (rows.length === 0) return [];
      return database
        .prepare<[string], FoundRow>(
          `SELECT p.row, p.id, p.ordinal, p.page, p.section, p.text, p.ids, p.page_starts, p.document_id,
             d.path, d.title, d.type, d.pages, d.hash, d.date, d.fields
           FROM passages p JOIN documents d ON d.id = p.document_id WHERE p.row IN (SELECT value FROM json_each(?))`,
        )
        .all(JSON.stringify(rows))
        .map((row) => toFound(row, bm25.get(row.row) ?? null, similarity.get(row.row) ?? null));
    },
  };
}

/** Why vectors cannot stand with those that are held; null where they can. */
function differenceOf(held: StateRow, { model, dimensions, collection }: StateRow): string | null {
  const anew = 'eras ingest --reembed takes all of it in again';
  if (held.model !== model) return `is of the model ${held.model}, not of ${model}; ${anew}`;
  if ((held.collection === null) !== (collection === null)) return `has its vectors elsewhere; ${anew}`;
  return held.dimensions === dimensions
    ? null
    : `has vectors of ${held.dimensions} dimensions, and ${model} now gives ${dimensions}: it is another model under the same name`;
}

function toFound(row: FoundRow, bm25: number | null, similarity: number | null): FoundPassage {
  const { id, ordinal, page, section, text, document_id, path, title, type, pages, hash, date } = row;
  const document = { id: document_id, path, title, type, pages, hash, date, fields: JSON.parse(row.fields) };
  const starts = row.page_starts === null ? {} : { pages: JSON.parse(row.page_starts) };
  return { id, ordinal, page, ...starts, section, text, ids: JSON.parse(row.ids), document, bm25, similarity };
}
