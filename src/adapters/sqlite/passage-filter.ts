import type { KnowledgeFilter } from '../../ports/knowledge-index.ts';

/** A condition for the database to hold. */
export interface FilterSql {
  readonly condition: string;
  readonly values: readonly string[];
}

/** Rows of passages whose document meets a condition that is put behind. */
export const FILTERED = 'SELECT p.row FROM passages p JOIN documents d ON d.id = p.document_id WHERE';

/** Documents' own columns by the names that filters use; other names are fields of the author's. */
export const COLUMNS: Readonly<Record<string, string>> = {
  type: 'd.type',
  date: 'd.date',
  title: 'd.title',
  path: 'd.path',
};

/** The value of a documents' field, and the names to bind in it. */
export function toFieldSql(field: string): { readonly value: string; readonly names: readonly string[] } {
  const column = COLUMNS[field];
  return column === undefined ? { value: SAID, names: [field] } : { value: column, names: [] };
}

/** What is said of a document under a name that is bound. */
const SAID = `json_extract(d.fields, '$."' || replace(?, '"', '') || '"')`;

/** Conditions on documents: names and values are bound, never part of the statement. */
export function toFilterSql(filters: readonly KnowledgeFilter[]): FilterSql {
  const conditions = filters.map(({ field, is }) => {
    if (is === 'from') return '? IS NOT NULL AND d.date >= ?';
    if (is === 'to') return '? IS NOT NULL AND d.date <= ?';
    const oneOf = 'IN (SELECT lower(value) FROM json_each(?))';
    return COLUMNS[field] === undefined
      ? `lower(${SAID}) ${oneOf}`
      : `? IS NOT NULL AND lower(${COLUMNS[field]}) ${oneOf}`;
  });
  return {
    condition: conditions.length === 0 ? 'TRUE' : conditions.map((one) => `(${one})`).join(' AND '),
    values: filters.flatMap(({ field, is, values }) => [
      field.toLowerCase(),
      is === 'one' ? JSON.stringify(values) : (values[0] ?? ''),
    ]),
  };
}
