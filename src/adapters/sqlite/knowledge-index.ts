import type { FoundPassage, KnowledgeIndex, KnowledgeQuery } from '../../ports/knowledge-index.ts';
import type { SqliteDatabase } from './database.ts';
import { toFilterSql } from './passage-filter.ts';
import { createPassageRows } from './passage-rows.ts';
import { createPassageVectors } from './passage-vectors.ts';

/** The knowledge base in the embedded store, words and vectors: a document is there whole or not at all, by one transaction. */
export function createSqliteKnowledgeIndex(database: SqliteDatabase): KnowledgeIndex {
  const rows = createPassageRows(database);
  const vectors = createPassageVectors(database);

  function remove(id: string): void {
    for (const { row } of rows.removeDocument(id)) vectors.remove(row);
  }

  function search({ words, ids, embedding, filters, limit }: KnowledgeQuery): FoundPassage[] {
    const filter = toFilterSql(filters);
    const vector = rows.readState()?.collection === null ? embedding : null;
    const bm25 = rows.findByWords(words, filter, limit);
    const near = vector === null ? new Map<number, number>() : vectors.near(vector, filter, limit);
    const found = [...new Set([...bm25.keys(), ...rows.findByIds(ids, filter, limit), ...near.keys()])];
    const others = found.filter((row) => !near.has(row));
    const measured = vector === null ? [] : vectors.measure(vector, others);
    return rows.load(found, bm25, new Map([...near, ...measured]));
  }

  return {
    place: 'store',
    async state() {
      return rows.state();
    },
    async listDocuments() {
      return rows.listDocuments();
    },
    async givenFields() {
      return rows.givenFields();
    },
    async replaceDocument(document, passages, model) {
      database
        .transaction(() => {
          const dimensions = passages[0]?.embedding.length ?? 0;
          if (rows.settle({ model, dimensions, collection: null })) vectors.create(dimensions);
          remove(document.id);
          rows.insertDocument(document);
          for (const passage of passages) vectors.insert(rows.insertPassage(document, passage), passage.embedding);
        })
        .immediate();
    },
    async removeDocuments(ids) {
      database
        .transaction(() => {
          for (const id of ids) remove(id);
        })
        .immediate();
    },
    async search(query) {
      return search(query);
    },
    async clear() {
      database
        .transaction(() => {
          rows.clear();
          vectors.drop();
        })
        .immediate();
    },
  };
}
