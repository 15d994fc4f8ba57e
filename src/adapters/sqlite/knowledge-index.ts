import { createHash } from 'node:crypto';
import { load as loadVectors } from 'sqlite-vec';
import type { DocumentRecord, Passage } from '../../domain/knowledge/document.ts';
import { once } from '../../kernel/once.ts';
import { RiskError } from '../../kernel/risk-error.ts';
import type { Embedding } from '../../ports/embedder.ts';
import type {
  EmbeddingCache,
  FoundPassage,
  KnowledgeFilter,
  KnowledgeIndex,
  KnowledgeQuery,
} from '../../ports/knowledge-index.ts';
import type { SqliteDatabase } from './database.ts';

interface FoundRow extends Omit<Passage, 'ids'>, Omit<DocumentRecord, 'id' | 'fields'> {
  readonly row: number;
  readonly document_id: string;
  /** JSON, as in the tables. */
  readonly ids: string;
  readonly fields: string;
}

/** How much a word weighs in a document's title, in the headings above a passage, and in the passage itself. */
const FIELD_WEIGHTS = '1.0, 2.0, 1.0';

/** Documents' own columns by the names that filters use; other names are fields of the author's. */
const COLUMNS: Readonly<Record<string, string>> = { type: 'd.type', date: 'd.date', title: 'd.title', path: 'd.path' };

/** The knowledge base in the embedded store: FTS5 for words, sqlite-vec for meaning, searched exactly. */
export function createSqliteKnowledgeIndex(database: SqliteDatabase): KnowledgeIndex {
  loadVectors(database);
  const rowsOf = database.prepare<[string], number>('SELECT row FROM passages WHERE document_id = ?').pluck();
  const deleteDocument = database.prepare('DELETE FROM documents WHERE id = ?');
  const deleteWords = database.prepare('DELETE FROM passages_fts WHERE rowid = ?');
  const deleteIds = database.prepare('DELETE FROM passage_ids WHERE row = ?');
  const insertDocument = database.prepare(
    'INSERT INTO documents (id, path, title, type, pages, hash, date, fields) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
  );
  const insertPassageRow = database.prepare(
    'INSERT INTO passages (id, document_id, ordinal, page, section, text, ids) VALUES (?, ?, ?, ?, ?, ?, ?)',
  );
  const insertWords = database.prepare('INSERT INTO passages_fts (rowid, title, section, body) VALUES (?, ?, ?, ?)');
  const insertId = database.prepare('INSERT INTO passage_ids (named, row) VALUES (?, ?)');
  // Their table is made with the first document.
  const deleteVector = once(() => database.prepare('DELETE FROM passage_vectors WHERE rowid = ?'));
  const insertVector = once(() => database.prepare('INSERT INTO passage_vectors (rowid, embedding) VALUES (?, ?)'));
  const readState = () =>
    database.prepare<[], { model: string; dimensions: number }>('SELECT model, dimensions FROM knowledge_state').get();

  /** The collection is of the first model that it was given vectors of. */
  function settleModel(model: string, dimensions: number): void {
    const state = readState();
    if (state === undefined) {
      database.prepare('INSERT INTO knowledge_state (model, dimensions) VALUES (?, ?)').run(model, dimensions);
      database.exec(
        `CREATE VIRTUAL TABLE passage_vectors USING vec0(embedding float[${Number(dimensions)}] distance_metric = cosine)`,
      );
    } else if (state.model !== model) {
      throw new RiskError({
        code: 'BAD_INPUT',
        message: `the knowledge base is of the model ${state.model}, not of ${model}; eras ingest --reembed takes all of it in again`,
      });
    }
  }

  function removeDocument(id: string): void {
    for (const row of rowsOf.all(id)) {
      deleteWords.run(row);
      deleteVector().run(BigInt(row));
      deleteIds.run(row);
    }
    deleteDocument.run(id);
  }

  function insertPassage(document: DocumentRecord, passage: Passage & { readonly embedding: Embedding }): void {
    const { id, ordinal, page, section, text, ids, embedding } = passage;
    const { lastInsertRowid } = insertPassageRow.run(
      id,
      document.id,
      ordinal,
      page,
      section,
      text,
      JSON.stringify(ids),
    );
    insertWords.run(lastInsertRowid, document.title, section ?? '', text);
    insertVector().run(BigInt(lastInsertRowid), toBytes(embedding));
    for (const one of ids) insertId.run(one, lastInsertRowid);
  }

  return {
    async state() {
      const count = (table: string) => Number(database.prepare(`SELECT count(*) FROM ${table}`).pluck().get());
      return { model: readState()?.model ?? null, documents: count('documents'), passages: count('passages') };
    },
    async listDocuments() {
      return database
        .prepare<[], Pick<DocumentRecord, 'id' | 'path' | 'hash'>>('SELECT id, path, hash FROM documents ORDER BY path')
        .all();
    },
    async replaceDocument(document, passages, model) {
      const { id, path, title, type, pages, hash, date, fields } = document;
      database
        .transaction(() => {
          settleModel(model, passages[0]?.embedding.length ?? 0);
          removeDocument(id);
          insertDocument.run(id, path, title, type, pages, hash, date, JSON.stringify(fields));
          for (const passage of passages) insertPassage(document, passage);
        })
        .immediate();
    },
    async removeDocuments(ids) {
      database
        .transaction(() => {
          for (const id of ids) removeDocument(id);
        })
        .immediate();
    },
    async search(query) {
      return search(database, query, readState() !== undefined);
    },
    async clear() {
      database
        .transaction(() => {
          for (const table of ['passages_fts', 'passage_ids', 'passages', 'documents', 'knowledge_state'])
            database.exec(`DELETE FROM ${table}`);
          database.exec('DROP TABLE IF EXISTS passage_vectors');
        })
        .immediate();
    },
  };
}

function search(database: SqliteDatabase, query: KnowledgeQuery, hasVectors: boolean): FoundPassage[] {
  const { words, ids, embedding, limit } = query;
  const filter = toSql(query.filters);
  const bm25 = words.length === 0 ? new Map<number, number>() : findByWords(database, words, filter, limit);
  const named = findByIds(database, ids, filter, limit);
  const vector = hasVectors ? embedding : null;
  const near = vector === null ? new Map<number, number>() : findByMeaning(database, vector, filter, limit);
  const rows = [...new Set([...bm25.keys(), ...named, ...near.keys()])];
  const others = rows.filter((row) => !near.has(row));
  const similarity = vector === null ? near : new Map([...near, ...measureSimilarity(database, vector, others)]);
  return loadRows(database, rows).map((row) => toFound(row, bm25.get(row.row), similarity.get(row.row)));
}

interface FilterSql {
  readonly condition: string;
  readonly values: readonly string[];
}

/** Conditions on documents, for the database to hold: names and values are bound, never part of the statement. */
function toSql(filters: readonly KnowledgeFilter[]): FilterSql {
  const conditions = filters.map(({ field }) =>
    COLUMNS[field] === undefined
      ? `lower(json_extract(d.fields, '$."' || replace(?, '"', '') || '"')) = lower(?)`
      : `? IS NOT NULL AND lower(${COLUMNS[field]}) = lower(?)`,
  );
  return {
    condition: conditions.length === 0 ? 'TRUE' : conditions.map((one) => `(${one})`).join(' AND '),
    values: filters.flatMap(({ field, value }) => [field.toLowerCase(), value]),
  };
}

const FILTERED = 'SELECT p.row FROM passages p JOIN documents d ON d.id = p.document_id WHERE';

/** Any of the words, as FTS5 stems them; words of several parts (`pay-gw-01`) as phrases. Scores are BM25, the higher the better. */
function findByWords(
  database: SqliteDatabase,
  words: readonly string[],
  { condition, values }: FilterSql,
  limit: number,
): Map<number, number> {
  const match = words.map((word) => `"${word.replaceAll('"', '""')}"`).join(' OR ');
  const inFilter = values.length === 0 ? '' : `AND rowid IN (${FILTERED} ${condition})`;
  const rows = database
    .prepare<unknown[], { row: number; score: number }>(
      `SELECT rowid AS row, -bm25(passages_fts, ${FIELD_WEIGHTS}) AS score FROM passages_fts
       WHERE passages_fts MATCH ? ${inFilter} ORDER BY score DESC, rowid LIMIT ?`,
    )
    .all(match, ...values, limit);
  return new Map(rows.map(({ row, score }) => [row, score]));
}

function findByIds(
  database: SqliteDatabase,
  ids: readonly string[],
  { condition, values }: FilterSql,
  limit: number,
): number[] {
  if (ids.length === 0) return [];
  return database
    .prepare<unknown[], number>(
      `SELECT DISTINCT row FROM passage_ids WHERE named IN (SELECT value FROM json_each(?))
       AND row IN (${FILTERED} ${condition}) ORDER BY row LIMIT ?`,
    )
    .pluck()
    .all(JSON.stringify(ids), ...values, limit);
}

function findByMeaning(
  database: SqliteDatabase,
  embedding: Embedding,
  { condition, values }: FilterSql,
  limit: number,
): Map<number, number> {
  const inFilter = values.length === 0 ? '' : `AND rowid IN (${FILTERED} ${condition})`;
  const rows = database
    .prepare<unknown[], { row: number; distance: number }>(
      `SELECT rowid AS row, distance FROM passage_vectors WHERE embedding MATCH ? AND k = ? ${inFilter}`,
    )
    .all(toBytes(embedding), limit, ...values);
  return new Map(rows.map(({ row, distance }) => [row, 1 - distance]));
}

function measureSimilarity(
  database: SqliteDatabase,
  embedding: Embedding,
  rows: readonly number[],
): Map<number, number> {
  // One by one: for a list of rows the extension would read all of them.
  const measure = database
    .prepare<[Buffer, bigint], number>('SELECT vec_distance_cosine(embedding, ?) FROM passage_vectors WHERE rowid = ?')
    .pluck();
  const bytes = toBytes(embedding);
  return new Map(
    rows.flatMap((row): [number, number][] => {
      const distance = measure.get(bytes, BigInt(row));
      return distance === undefined ? [] : [[row, 1 - distance]];
    }),
  );
}

function loadRows(database: SqliteDatabase, rows: readonly number[]): FoundRow[] {
  return database
    .prepare<[string], FoundRow>(
      `SELECT p.row, p.id, p.ordinal, p.page, p.section, p.text, p.ids, p.document_id,
         d.path, d.title, d.type, d.pages, d.hash, d.date, d.fields
       FROM passages p JOIN documents d ON d.id = p.document_id WHERE p.row IN (SELECT value FROM json_each(?))`,
    )
    .all(JSON.stringify(rows));
}

function toFound(row: FoundRow, bm25: number | undefined, similarity: number | undefined): FoundPassage {
  const { id, ordinal, page, section, text, document_id, path, title, type, pages, hash, date } = row;
  const document = { id: document_id, path, title, type, pages, hash, date, fields: JSON.parse(row.fields) };
  return {
    ...{ id, ordinal, page, section, text },
    ids: JSON.parse(row.ids),
    document,
    bm25: bm25 ?? null,
    similarity: similarity ?? null,
  };
}

function toBytes(embedding: Embedding): Buffer {
  return Buffer.from(embedding.buffer, embedding.byteOffset, embedding.byteLength);
}

/** Embeddings by model and text, in the store. */
export function createSqliteEmbeddingCache(database: SqliteDatabase): EmbeddingCache {
  const keyOf = (model: string, text: string) => createHash('sha256').update(`${model}\n${text}`).digest('hex');
  const select = database.prepare<[string], Buffer>('SELECT vector FROM embeddings WHERE key = ?').pluck();
  const insert = database.prepare('INSERT OR IGNORE INTO embeddings (key, vector) VALUES (?, ?)');
  return {
    find(model, texts) {
      const found = new Map<string, Embedding>();
      for (const text of texts) {
        const vector = select.get(keyOf(model, text));
        if (vector !== undefined) found.set(text, new Float32Array(new Uint8Array(vector).buffer));
      }
      return found;
    },
    save(model, entries) {
      database
        .transaction(() => {
          for (const { text, embedding } of entries) insert.run(keyOf(model, text), toBytes(embedding));
        })
        .immediate();
    },
  };
}
