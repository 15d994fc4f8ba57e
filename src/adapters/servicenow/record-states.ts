import { sourceUnavailable } from '../../domain/source/source-unavailable.ts';
import { chunksOf } from '../../kernel/chunks-of.ts';
import type { RecordState, TicketSystem } from '../../ports/ticket-system.ts';
import type { SourceCall } from '../../ports/vulnerability-source.ts';
import { condition, encodeQuery } from './encoded-query.ts';
import { tellHidden } from './optional-rows.ts';
import { cellOf, isCut, type Row, textOf } from './schema.ts';
import { IDS_A_REQUEST, SYS_ID } from './sys-id.ts';
import type { TableClient } from './table-client.ts';

/** States of incidents as they are shipped: 6 resolved, 7 closed, 8 cancelled. */
export const ENDED_INCIDENT: ReadonlySet<string> = new Set(['6', '7', '8']);
/** The state of vulnerable items that are closed. */
const CLOSED_ITEM: ReadonlySet<string> = new Set(['3']);

/** What is read of each table by number: named fields, and no others. */
const TABLES = {
  'servicenow:incident': {
    table: 'incident',
    fields: ['number', 'active', 'state', 'short_description', 'description'],
    texts: ['short_description', 'description'],
    needed: ['short_description', 'description'],
    ended: ENDED_INCIDENT,
  },
  'servicenow:sn_vul_vulnerable_item': {
    table: 'sn_vul_vulnerable_item',
    fields: ['number', 'state', 'vulnerability', 'vulnerability.id', 'short_description'],
    texts: ['vulnerability', 'vulnerability.id', 'short_description'],
    needed: ['vulnerability'],
    ended: CLOSED_ITEM,
  },
} as const;

/** Rows of one number at most: numbers are unique where nobody has made them otherwise. */
const ROWS_A_NUMBER = 2;

/** Incidents and vulnerable items by their numbers, 100 a request. @throws RiskError */
export async function readRecordStates(
  client: TableClient,
  names: Parameters<TicketSystem['readRecords']>[0],
  call: SourceCall,
): Promise<readonly RecordState[]> {
  const states: RecordState[] = [];
  for (const [file, { table, fields, texts, needed, ended }] of Object.entries(TABLES)) {
    const numbers = names.filter((name) => name.file === file && SYS_ID.test(name.number)).map(({ number }) => number);
    for (const batch of chunksOf(numbers, IDS_A_REQUEST)) {
      const query = encodeQuery(condition('number', 'IN', ...batch));
      const wanted = {
        table,
        query,
        fields,
        withDisplay: true,
        mayLack: table !== 'incident',
        most: batch.length * ROWS_A_NUMBER,
      };
      const { rows, isMore, hidden } = await client.read(wanted, call);
      // A number that several records have is gone only where all of them are seen to be.
      if (hidden > 0 || isMore) {
        throw sourceUnavailable(`ServiceNow: ${tellHidden(`records of ${table}`, rows.length, hidden)}`, false);
      }
      states.push(...rows.flatMap((row) => toState(file, row, { texts, needed, ended })));
    }
  }
  return states;
}

/** None where the account may not see whether it is active. */
function toState(
  file: string,
  row: Row,
  { texts, needed, ended }: { texts: readonly string[]; needed: readonly string[]; ended: ReadonlySet<string> },
): RecordState[] {
  const [active, state] = [cellOf(row, 'active').value, cellOf(row, 'state').value];
  const number = textOf(row, 'number');
  if (number === null || (active === '' && state === '')) return [];
  // A resolved incident is active until it is closed: it may be opened again. What is said of items is their state.
  const isActive = active === '' ? !ended.has(state) : active !== 'false';
  // A field that the account may not read is left out of the row: what is not seen may name the vulnerability still.
  const isShown = needed.every((field) => Object.hasOwn(row, field));
  const text = !isShown ? '' : texts.flatMap((field) => textOf(row, field) ?? []).join('\n');
  const isWhole = !texts.some((field) => isCut(row, field));
  return [{ file, number, isActive, text, ...(isWhole ? {} : { isCut: true }) }];
}
