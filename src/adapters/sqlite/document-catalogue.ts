import { ID_FIELDS } from '../../domain/knowledge/document.ts';
import type { DocumentCatalogue } from '../../ports/document-catalogue.ts';
import type { SqliteDatabase } from './database.ts';
import { COLUMNS, toFieldSql, toFilterSql } from './passage-filter.ts';

/** More are of no use to anybody who looks for one. */
const MOST_LISTED = 1000;

/** What is said of the documents in the embedded store. */
export function createSqliteDocumentCatalogue(database: SqliteDatabase): DocumentCatalogue {
  const isNamed = database.prepare('SELECT 1 FROM passage_ids WHERE named GLOB ? LIMIT 1');
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
      const naming = ID_FIELDS.filter((field) => isNamed.get(GLOBS[field]) !== undefined);
      return [...new Set([...COLUMNS.keys(), ...said, ...naming])];
    },
    values(field) {
      const { from, value, names } = toFieldSql(field);
      const named = ID_FIELDS.includes(field) ? ` UNION ALL ${NAMED}` : '';
      return database
        .prepare<unknown[], string>(
          `SELECT min(value) FROM (SELECT d.id, ${value} AS value FROM ${from}${named}) WHERE value IS NOT NULL
           GROUP BY fold(value) ORDER BY count(DISTINCT id) DESC, fold(value) LIMIT ?`,
        )
        .pluck()
        .all(...names, ...(named === '' ? [] : [GLOBS[field]]), MOST_LISTED);
    },
  };
}

/** Ids of each kind. */
const GLOBS: Readonly<Record<string, string>> = { cve: 'CVE-*', technique: 'T[0-9]*' };

/** Ids of a kind that documents name. */
const NAMED =
  'SELECT q.document_id AS id, i.named AS value FROM passage_ids i JOIN passages q ON q.row = i.row WHERE i.named GLOB ?';
