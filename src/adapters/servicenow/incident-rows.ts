import { TICKET_PREFIX } from '../../domain/ticket/fix.ts';
import { RiskError } from '../../kernel/risk-error.ts';
import type { SourceCall } from '../../ports/vulnerability-source.ts';
import { encodeNewestFirst, encodeQuery, userQuery, withoutOwn } from './encoded-query.ts';
import { tellHidden } from './optional-rows.ts';
import { cellOf, type Row } from './schema.ts';
import type { TableClient } from './table-client.ts';

const TABLE = 'incident';
const FIELDS = ['number', 'short_description', 'description', 'cmdb_ci', 'correlation_id'] as const;

/** Incidents of people and of other systems, and why they are not all. */
export interface IncidentRows {
  readonly rows: readonly Row[];
  readonly missing: readonly string[];
}

/**
 * Incidents that a query selects, but for the tickets that ERAS has made: these tell it nothing new, and must not use up the limit. The query is run as it is written; where it selects more than may be
 * read, it is run again without those tickets and the newest first. @throws RiskError
 */
export async function readIncidentRows(
  client: TableClient,
  query: string,
  most: number,
  call: SourceCall,
): Promise<IncidentRows> {
  const all = await read(client, encodeQuery(userQuery(query)), most, call);
  if (!all.isMore) return toIncidents(all, '');
  const others = await readOthers(client, query, most, call);
  // An instance that does not know the condition may select nothing by it: what is there is not lost then.
  if (others === null || count(others.rows) < count(all.rows)) return toIncidents(all, `the ${most} that were read`);
  return toIncidents(others, `the ${most} that were read, the newest of them`);
}

function read(client: TableClient, query: string, most: number, call: SourceCall) {
  return client.read({ table: TABLE, query, fields: FIELDS, most, wantsAllOrNone: true }, call);
}

/** Null where the instance does not understand the query with the condition that it did understand without. */
async function readOthers(client: TableClient, query: string, most: number, call: SourceCall) {
  const newest = encodeNewestFirst(withoutOwn(userQuery(query), 'correlation_id', TICKET_PREFIX));
  try {
    return await client.read({ table: TABLE, query: newest, fields: FIELDS, most }, call);
  } catch (error) {
    if (error instanceof RiskError && error.code === 'BAD_INPUT') return null;
    throw error;
  }
}

type Read = Awaited<ReturnType<TableClient['read']>>;

function toIncidents({ rows, isMore, hidden }: Read, whichWereRead: string): IncidentRows {
  const limit = `there are more incidents than ${whichWereRead}: narrow the query of --servicenow, or raise servicenow.maxIncidents`;
  const short = hidden === 0 ? [] : [tellHidden('incidents', rows.length, hidden)];
  return { rows: rows.filter((row) => !isOwn(row)), missing: [...(isMore ? [limit] : []), ...short] };
}

function count(rows: readonly Row[]): number {
  return rows.filter((row) => !isOwn(row)).length;
}

function isOwn(row: Row): boolean {
  return cellOf(row, 'correlation_id').value.startsWith(TICKET_PREFIX);
}
