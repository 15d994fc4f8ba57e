/** A row of a stand-in table: what is stored, by field. */
export type StoredRow = Readonly<Record<string, string>>;

/** Evaluates an encoded query over rows: `^`, `^OR`, `^NQ`, `ORDERBY`, `ORDERBYDESC`, and the operators below. Throws what it does not know. */
export function evaluateQuery(query: string, rows: readonly StoredRow[]): StoredRow[] {
  const parts = query.split('^').filter((part) => part !== '');
  const orders = parts.filter((part) => /^ORDERBY/.test(part));
  const groups: string[][][] = [[]];
  for (const part of parts.filter((one) => !orders.includes(one))) {
    const group = groups.at(-1) ?? [];
    if (/^NQ/.test(part)) groups.push([[part.slice(2)]]);
    else if (/^OR(?!DERBY)/.test(part)) group.at(-1)?.push(part.slice(2));
    else group.push([part]);
  }
  const found = rows.filter((row) =>
    groups.some((all) => all.every((any) => any.some((condition) => matches(condition, row)))),
  );
  return found.sort((left, right) => compare(orders, left, right));
}

function compare(orders: readonly string[], left: StoredRow, right: StoredRow): number {
  for (const order of orders) {
    const [, descending, field = ''] = /^ORDERBY(DESC)?(.*)$/.exec(order) ?? [];
    const difference = (left[field] ?? '').localeCompare(right[field] ?? '');
    if (difference !== 0) return descending === undefined ? difference : -difference;
  }
  return 0;
}

const CONDITION = /^([a-z0-9_.]+?)(INSTANCEOF|ISNOTEMPTY|ISEMPTY|STARTSWITH|NOT IN|NOT LIKE|IN|LIKE|!=|=)(.*)$/s;

function matches(condition: string, row: StoredRow): boolean {
  const [, field = '', operator, value = ''] = CONDITION.exec(condition) ?? [];
  const stored = (row[field] ?? '').toLowerCase();
  const wanted = value.toLowerCase();
  switch (operator) {
    case '=':
      return stored === wanted;
    case '!=':
      return stored !== wanted;
    case 'STARTSWITH':
      return stored.startsWith(wanted);
    case 'LIKE':
      return stored.includes(wanted);
    case 'NOT LIKE':
      // Of an empty field it is not said.
      return stored !== '' && !stored.includes(wanted);
    case 'IN':
      return wanted.split(',').includes(stored);
    case 'NOT IN':
      return !wanted.split(',').includes(stored);
    case 'ISEMPTY':
      return stored === '';
    case 'ISNOTEMPTY':
      return stored !== '';
    default:
      throw new Error(`the stand-in does not know the condition "${condition}"`);
  }
}
