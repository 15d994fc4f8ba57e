import type { GrantedException } from '../../domain/finding/sighting.ts';
import { chunksOf } from '../../kernel/chunks-of.ts';
import type { ReportedItem } from '../../ports/asset-source.ts';
import type { SourceCall } from '../../ports/vulnerability-source.ts';
import { condition, encodeQuery } from './encoded-query.ts';
import { type OptionalRows, readOptional } from './optional-rows.ts';
import { cellOf, type Row, textOf } from './schema.ts';
import { IDS_A_REQUEST, SYS_ID } from './sys-id.ts';
import type { TableClient } from './table-client.ts';

/** Vulnerable items of Vulnerability Response ("Vulnerable item form fields"); the entry that one names has a CVE id, or a scanner's own. */
const [ITEMS, EXCEPTIONS] = ['sn_vul_vulnerable_item', 'sn_sec_exception_change_approval'] as const;
const ITEM_FIELDS = [
  'number',
  'state',
  'cmdb_ci',
  'vulnerability',
  'vulnerability.id',
  'short_description',
  'risk_rating',
  'assigned_to',
  'ignore_date',
  'ignore_reason',
  'sys_updated_on',
] as const;
const EXCEPTION_FIELDS = [
  'number',
  'record',
  'approval_state',
  'request_type',
  'description',
  'desired_ignore_date',
  'desired_validity_date',
  'sys_created_by',
  'sys_created_on',
] as const;

/** Choices of `state`: 1 open, 2 under investigation, 10 awaiting implementation, 11 in review, 12 deferred, 101 resolved, 3 closed. */
const [DEFERRED, CLOSED] = ['12', '3'] as const;
/** Choices of `approval_state`: 0 in review, 1 approved, 2 rejected, 3 no longer required, 4 expired, 5 draft. */
const [APPROVED, EXPIRED] = ['1', '4'] as const;

/** What Vulnerability Response says is open on some configuration items, with the exceptions that were granted. */
export interface ReadItems extends Omit<OptionalRows, 'rows'> {
  readonly items: readonly ReportedItem[];
}

/** Reads vulnerable items that are not closed, on the items that are named; exceptions only where an item is deferred. */
export async function readVulnerableItems(
  client: TableClient,
  assetIds: readonly string[],
  most: number,
  call: SourceCall,
): Promise<ReadItems> {
  const rows: Row[] = [];
  const [missing, notes]: [string[], string[]] = [[], []];
  for (const batch of chunksOf(assetIds, IDS_A_REQUEST)) {
    const query = encodeQuery(condition('state', '!=', CLOSED), condition('cmdb_ci', 'IN', ...batch));
    const wanted = { table: ITEMS, query, fields: ITEM_FIELDS, withDisplay: true, most: most - rows.length };
    const answer = await readOptional(client, wanted, 'vulnerable items', call);
    rows.push(...answer.rows);
    missing.push(...answer.missing);
    notes.push(...answer.notes);
    if (rows.length >= most || answer.missing.length + answer.notes.length > 0) break;
  }
  const deferred = rows.filter(isDeferred).map((row) => cellOf(row, 'sys_id').value);
  const exceptions = await readExceptions(
    client,
    deferred.filter((id) => SYS_ID.test(id)),
    call,
  );
  const granted = new Map(exceptions.rows.map((row) => [cellOf(row, 'record').value, row]));
  return {
    items: rows.map((row) => toItem(row, granted.get(cellOf(row, 'sys_id').value) ?? null)),
    missing: [...new Set([...missing, ...exceptions.missing])],
    notes: [...new Set([...notes, ...exceptions.notes])],
  };
}

async function readExceptions(client: TableClient, ids: readonly string[], call: SourceCall): Promise<OptionalRows> {
  const answers: OptionalRows[] = [];
  for (const batch of chunksOf(ids, IDS_A_REQUEST)) {
    const query = encodeQuery(
      condition('table', '=', ITEMS),
      condition('approval_state', 'IN', APPROVED, EXPIRED),
      condition('record', 'IN', ...batch),
    );
    const wanted = { table: EXCEPTIONS, query, fields: EXCEPTION_FIELDS, most: batch.length * 5 };
    const answer = await readOptional(client, wanted, 'exceptions of vulnerable items', call);
    answers.push(answer);
    if (answer.missing.length + answer.notes.length > 0) break;
  }
  return {
    rows: answers.flatMap(({ rows }) => rows),
    missing: answers.flatMap((one) => one.missing),
    notes: answers.flatMap((one) => one.notes),
  };
}

function isDeferred(row: Row): boolean {
  const { value, display } = cellOf(row, 'state');
  return value === DEFERRED || /^deferred$/i.test(display.trim());
}

function toItem(row: Row, exception: Row | null): ReportedItem {
  const texts = [
    cellOf(row, 'vulnerability').display,
    textOf(row, 'vulnerability.id'),
    textOf(row, 'short_description'),
  ];
  return {
    number: textOf(row, 'number') ?? cellOf(row, 'sys_id').value,
    text: texts.filter((text) => text !== null && text !== '').join('\n'),
    assetId: cellOf(row, 'cmdb_ci').value || null,
    severity: textOf(row, 'risk_rating'),
    exception: isDeferred(row) ? toException(row, exception) : null,
  };
}

/** What is known of why an item is deferred: of the exception, where it can be read, else of the item itself. */
function toException(item: Row, exception: Row | null): GrantedException {
  const of = (row: Row | null, field: string) => (row === null ? null : textOf(row, field));
  const until = ['desired_ignore_date', 'desired_validity_date'].map((field) => of(exception, field));
  const entered = exception === null ? cellOf(item, 'sys_updated_on') : cellOf(exception, 'sys_created_on');
  return {
    system: 'ServiceNow',
    number: of(exception, 'number') ?? of(item, 'number') ?? cellOf(item, 'sys_id').value,
    requester: of(exception, 'sys_created_by') ?? of(item, 'assigned_to'),
    reason: of(exception, 'description') ?? of(item, 'ignore_reason') ?? of(exception, 'request_type'),
    at: toTime(entered.value),
    until: toTime(cellOf(item, 'ignore_date').value) ?? until.map((text) => toTime(text ?? '')).find(Boolean) ?? null,
  };
}

/** What is stored as a date or a time is in UTC: `2026-12-31`, `2026-12-31 23:59:59`. A day holds to its end. */
function toTime(text: string): string | null {
  const [, day, time] = /^(\d{4}-\d{2}-\d{2})(?:[ T](\d{2}:\d{2}:\d{2}))?/.exec(text.trim()) ?? [];
  const date = new Date(`${day}T${time ?? '23:59:59'}Z`);
  return Number.isNaN(date.getTime()) ? null : date.toISOString();
}
