import type { PostgresLink } from './postgres-link.ts';

/** What pages of findings are read by. */
export interface PageKey {
  readonly priority: number;
  readonly sort_key: string;
  readonly id: string;
}

/** What is read of the findings `f` of an assessment; values are `$2` and on. */
export interface PageContents {
  readonly columns: string;
  readonly joins?: string;
  readonly condition?: string;
  readonly values?: readonly unknown[];
}

/** Rows read at once: enough to be fast, few enough that 100,000 findings never sit in memory together. */
const PAGE = 500;

/** Reads rows in priority order, a page at a time, each after the last row of the one before: what is written meanwhile moves none of them. */
export async function* readPages<Row extends PageKey>(
  link: PostgresLink,
  assessmentId: string,
  { columns, joins = '', condition = 'true', values = [] }: PageContents,
): AsyncGenerator<Row[]> {
  const given = [assessmentId, ...values];
  const [priority, sortKey, id] = [1, 2, 3].map((place) => `$${given.length + place}`);
  const after = `f.priority <= ${priority}::float8 AND (f.priority < ${priority}::float8 OR f.sort_key > ${sortKey}::text
    OR (f.sort_key = ${sortKey}::text AND f.id > ${id}::text))`;
  let last: Row | undefined;
  do {
    const key = last === undefined ? [] : [last.priority, last.sort_key, last.id];
    const page = await link.read((query) =>
      query<Row>(
        `SELECT f.priority, f.sort_key, f.id, ${columns} FROM eras.findings f ${joins}
         WHERE f.assessment_id = $1 AND ${condition} AND ${last === undefined ? 'true' : after}
         ORDER BY f.priority DESC, f.sort_key, f.id LIMIT ${PAGE}`,
        [...given, ...key],
      ),
    );
    if (page.length > 0) yield page;
    last = page.length < PAGE ? undefined : page.at(-1);
  } while (last !== undefined);
}
