import { RiskError } from '../../kernel/risk-error.ts';
import type { SourceCall } from '../../ports/vulnerability-source.ts';
import type { Row } from './schema.ts';
import type { RowsWanted, TableClient } from './table-client.ts';

/** Rows that make an answer fuller and that it does not need. */
export interface OptionalRows {
  readonly rows: readonly Row[];
  /** Why they are not all, one line each: a gap. */
  readonly missing: readonly string[];
  /** What the instance has not: nothing is lost by it. */
  readonly notes: readonly string[];
}

/** A line on rows that a query selects and that did not come. */
export function tellHidden(what: string, shown: number, hidden: number): string {
  const cause = 'the account may not read the others, or the answer was cut short';
  return `${what}: ${shown + hidden} selected, ${shown} shown; ${cause}`;
}

/** Whatever is wrong with a table that nobody needs costs one line. */
export async function readOptional(
  client: TableClient,
  wanted: Omit<RowsWanted, 'mayLack'>,
  what: string,
  call: SourceCall,
): Promise<OptionalRows> {
  try {
    const { rows, isMore, hidden, isAbsent } = await client.read({ ...wanted, mayLack: true }, call);
    const limit = `there are more ${what} than the ${wanted.most} that were read (${wanted.table})`;
    const lacking = `ServiceNow has no table ${wanted.table}: ${what} are not read`;
    const short = hidden === 0 ? [] : [tellHidden(what, rows.length, hidden)];
    return { rows, missing: isMore ? [limit] : short, notes: isAbsent ? [lacking] : [] };
  } catch (error) {
    call.signal.throwIfAborted();
    if (!(error instanceof RiskError)) throw error;
    return { rows: [], missing: [`${what} are not read: ${error.message}`], notes: [] };
  }
}
