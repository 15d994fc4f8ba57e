import { RiskError } from '../../kernel/risk-error.ts';
import { TABLE_FIELDS, type TableField } from './table-columns.ts';

/** What columns hold, by their title in lower case. */
export type ColumnMap = ReadonlyMap<string, TableField>;

/** Columns as a user maps them: `COLUMN=FIELD` each. @throws RiskError `BAD_INPUT` */
export function readColumnMap(texts: readonly string[]): ColumnMap {
  const map = new Map<string, TableField>();
  for (const text of texts) {
    const [, column = '', given = ''] = /^(.*)=([^=]*)$/s.exec(text) ?? [];
    const [title, name] = [column.trim().toLowerCase(), given.trim().toLowerCase()];
    const field = TABLE_FIELDS.find((one) => one === name);
    if (title === '' || field === undefined) {
      const message = `--map "${text}" is not COLUMN=FIELD; FIELD is one of ${TABLE_FIELDS.join(', ')}`;
      throw new RiskError({ code: 'BAD_INPUT', message });
    }
    map.set(title, field);
  }
  return map;
}

/** Refuses a map of columns that no table has. @throws RiskError `BAD_INPUT` */
export function refuseUnmetColumns(map: ColumnMap, titles: readonly string[]): void {
  const unmet = [...map.keys()].find((title) => !titles.includes(title));
  if (unmet === undefined) return;
  const columns = titles
    .slice(0, 20)
    .map((title) => `"${title.slice(0, 40)}"`)
    .join(', ');
  const has = titles.length === 0 ? 'nothing that was given is read as a table' : `the columns are ${columns}`;
  throw new RiskError({ code: 'BAD_INPUT', message: `--map: no table has a column "${unmet.slice(0, 80)}"; ${has}` });
}
