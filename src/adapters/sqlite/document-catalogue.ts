import type { DocumentCatalogue } from '../../ports/document-catalogue.ts';
import type { SqliteDatabase } from './database.ts';
import { COLUMNS, toFieldSql, toFilterSql } from './passage-filter.ts';

/** More are of no use to anybody who looks for one. */
const MOST_LISTED = 1000;

/** What is said of the documents in the embedded store. */
export function createSqliteDocumentCatalogue(database: SqliteDatabase): DocumentCatalogue {
  return {
    count(filters) {
      const { condition, values } = toFilterSql(filters);
      return Number(
        database
          .prepare<unknown[], number>(`SELECT count(*) FROM documents d WHERE ${condition}`)
          .pluck()
          .get(...values),
      );
    },
    fields() {
      const said = database
        .prepare<[number], string>(
          `SELECT j.key FROM documents d, json_each(d.fields) j
           GROUP BY j.key ORDER BY count(*) DESC, j.key LIMIT ?`,
        )
        .pluck()
        .all(MOST_LISTED);
      return [...new Set([...Object.keys(COLUMNS), ...said])];
    },
    values(field) {
      const { value, names } = toFieldSql(field);
      return database
        .prepare<unknown[], string>(
          `SELECT min(value) FROM (SELECT ${value} AS value FROM documents d) WHERE value IS NOT NULL
           GROUP BY lower(value) ORDER BY count(*) DESC, lower(value) LIMIT ?`,
        )
        .pluck()
        .all(...names, MOST_LISTED);
    },
  };
}
