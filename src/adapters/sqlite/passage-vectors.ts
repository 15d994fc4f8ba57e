import { load as loadVectors } from 'sqlite-vec';
import { once } from '../../kernel/once.ts';
import type { Embedding } from '../../ports/embedder.ts';
import type { SqliteDatabase } from './database.ts';
import { FILTERED, type FilterSql } from './passage-filter.ts';

/** Vectors of passages beside them in the store, by their rows: sqlite-vec, searched exactly. */
export interface PassageVectors {
  create(dimensions: number): void;
  insert(row: number | bigint, embedding: Embedding): void;
  remove(row: number): void;
  drop(): void;
  /** Cosine similarities of the nearest. */
  near(embedding: Embedding, filter: FilterSql, limit: number): Map<number, number>;
  measure(embedding: Embedding, rows: readonly number[]): Map<number, number>;
}

/** The vectors of a store; their table is made with the first document. */
export function createPassageVectors(database: SqliteDatabase): PassageVectors {
  loadVectors(database);
  const deleteOne = once(() => database.prepare('DELETE FROM passage_vectors WHERE rowid = ?'));
  const insertOne = once(() => database.prepare('INSERT INTO passage_vectors (rowid, embedding) VALUES (?, ?)'));
  return {
    create(dimensions) {
      database.exec(
        `CREATE VIRTUAL TABLE passage_vectors USING vec0(embedding float[${Number(dimensions)}] distance_metric = cosine)`,
      );
    },
    insert: (row, embedding) => void insertOne().run(BigInt(row), toBytes(embedding)),
    remove: (row) => void deleteOne().run(BigInt(row)),
    drop: () => void database.exec('DROP TABLE IF EXISTS passage_vectors'),
    near(embedding, { condition, values }, limit) {
      const inFilter = values.length === 0 ? '' : `AND rowid IN (${FILTERED} ${condition})`;
      const rows = database
        .prepare<unknown[], { row: number; distance: number }>(
          `SELECT rowid AS row, distance FROM passage_vectors WHERE embedding MATCH ? AND k = ? ${inFilter}`,
        )
        .all(toBytes(embedding), limit, ...values);
      return new Map(rows.map(({ row, distance }) => [row, 1 - distance]));
    },
    measure(embedding, rows) {
      // One by one: for a list of rows the extension would read all of them.
      const measure = database
        .prepare<[Buffer, bigint], number>(
          'SELECT vec_distance_cosine(embedding, ?) FROM passage_vectors WHERE rowid = ?',
        )
        .pluck();
      const bytes = toBytes(embedding);
      return new Map(
        rows.flatMap((row): [number, number][] => {
          const distance = measure.get(bytes, BigInt(row));
          return distance === undefined ? [] : [[row, 1 - distance]];
        }),
      );
    },
  };
}

/** An embedding as the store keeps it. */
export function toBytes(embedding: Embedding): Buffer {
  return Buffer.from(embedding.buffer, embedding.byteOffset, embedding.byteLength);
}
