import { ID_FIELDS } from '../../domain/knowledge/document.ts';
import type { KnowledgeFilter } from '../../ports/knowledge-index.ts';

/** A condition for the database to hold. */
export interface FilterSql {
  readonly condition: string;
  readonly values: readonly string[];
}

/** Rows of passages whose document meets a condition that is put behind. */
export const FILTERED = 'SELECT p.row FROM passages p JOIN documents d ON d.id = p.document_id WHERE';

/** Documents' own columns by the names that filters use; other names are fields of the author's. */
export const COLUMNS: ReadonlyMap<string, string> = new Map([
  ['type', 'd.type'],
  ['date', 'd.date'],
  ['title', 'd.title'],
  ['path', 'd.path'],
]);

/** Values of a documents' field as rows of `v`, one for each of several, and the names to bind in it. */
export function toFieldSql(field: string): {
  readonly from: string;
  readonly value: string;
  readonly names: readonly string[];
} {
  const column = COLUMNS.get(field);
  if (column !== undefined) return { from: 'documents d', value: column, names: [] };
  return { from: `documents d, ${SAID} v`, value: 'v.value', names: [field] };
}

/** What is said of a document under a name that is bound: a row, or one for each of several values. */
const SAID = `json_each(d.fields, '$."' || replace(?, '"', '') || '"')`;

const ONE_OF = 'IN (SELECT fold(value) FROM json_each(?))';

const SAID_BELOW = `EXISTS (SELECT 1 FROM ${SAID} v, json_each(?) w WHERE substr(fold(v.value), 1, length(w.value) + 1) = fold(w.value) || '.')`;

/** Documents that name an id, or what stands below it (`T1003.001` below `T1003`). */
const NAMING = `d.id IN (SELECT q.document_id FROM json_each(?) w JOIN passage_ids i ON i.named = upper(w.value) JOIN passages q ON q.row = i.row
  UNION SELECT q.document_id FROM json_each(?) w JOIN passage_ids i ON i.named > upper(w.value) || '.' AND i.named < upper(w.value) || '/'
  JOIN passages q ON q.row = i.row)`;

/** Conditions on documents: names and values are bound, never part of the statement. */
export function toFilterSql(filters: readonly KnowledgeFilter[]): FilterSql {
  const parts = filters.map(toCondition);
  return {
    condition: parts.length === 0 ? 'TRUE' : parts.map(({ condition }) => `(${condition})`).join(' AND '),
    values: parts.flatMap(({ values }) => values),
  };
}

function toCondition({ field, is, values }: KnowledgeFilter): FilterSql {
  if (is === 'from') return { condition: 'd.date >= ?', values: [values[0] ?? ''] };
  if (is === 'to') return { condition: 'd.date <= ?', values: [values[0] ?? ''] };
  const wanted = JSON.stringify(values);
  const column = COLUMNS.get(field);
  if (column !== undefined) return { condition: `fold(${column}) ${ONE_OF}`, values: [wanted] };
  const said = `EXISTS (SELECT 1 FROM ${SAID} v WHERE fold(v.value) ${ONE_OF})`;
  if (!ID_FIELDS.includes(field)) return { condition: said, values: [field, wanted] };
  return { condition: `${said} OR ${SAID_BELOW} OR ${NAMING}`, values: [field, wanted, field, wanted, wanted, wanted] };
}
