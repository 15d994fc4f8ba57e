import { createHash } from 'node:crypto';
import type { Embedding } from '../../ports/embedder.ts';
import type { EmbeddingCache } from '../../ports/knowledge-index.ts';
import type { SqliteDatabase } from './database.ts';
import { toBytes } from './passage-vectors.ts';

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
    stats: () =>
      database
        .prepare<[], { entries: number; bytes: number }>(
          'SELECT count(*) AS entries, coalesce(sum(length(vector)), 0) AS bytes FROM embeddings',
        )
        .get() ?? { entries: 0, bytes: 0 },
    clear: () => void database.exec('DELETE FROM embeddings'),
  };
}
