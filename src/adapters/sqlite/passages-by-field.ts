import type { SqliteDatabase } from './database.ts';

/** A passage of a document of which something is said. */
export interface SaidPassage {
  readonly text: string;
  readonly value: string;
}

/** Several values are joined by commas. */
const JOINED = `CASE f.type WHEN 'array' THEN (SELECT group_concat(v.value, ', ') FROM json_each(f.value) v) ELSE f.value END`;

/** The passages of documents that carry a field, in the order of their documents, with its value. */
export function passagesByField(database: SqliteDatabase, field: string): SaidPassage[] {
  return database
    .prepare<[string], SaidPassage>(
      `SELECT p.text AS text, ${JOINED} AS value FROM documents d, json_each(d.fields) f
       JOIN passages p ON p.document_id = d.id WHERE f.key = ? ORDER BY d.path, p.ordinal`,
    )
    .all(field);
}
