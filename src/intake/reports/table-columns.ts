/** What a column of a table may hold. */
export const TABLE_FIELDS = [
  'cve',
  'host',
  'ip',
  'component',
  'version',
  'fixed',
  'severity',
  'purl',
  'cpe',
  'title',
  'description',
] as const;
export type TableField = (typeof TABLE_FIELDS)[number];

/** Titles (lower case) of the columns that hold each field, the preferred first. */
export type TableColumns = Readonly<Partial<Record<TableField | 'vector' | 'state' | 'scanned', readonly string[]>>>;
