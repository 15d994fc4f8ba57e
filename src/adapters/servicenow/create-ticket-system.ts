import { sourceUnavailable } from '../../domain/source/source-unavailable.ts';
import type { KnownTicket, PlannedRequest, Ticket, TicketSystem } from '../../ports/ticket-system.ts';
import { condition, encodeQuery } from './encoded-query.ts';
import { tellHidden } from './optional-rows.ts';
import { ENDED_INCIDENT, readRecordStates } from './record-states.ts';
import { cellOf, type Row } from './schema.ts';
import { createTableClient, type ServiceNowOptions } from './table-client.ts';

const TABLE = 'incident';
const TICKET_FIELDS = ['number', 'correlation_id', 'state', 'active', 'short_description', 'description'] as const;
/** Tickets of one prefix at most: beyond them one might be missed, and then made twice. */
const MOST_TICKETS = 10_000;
/** Longest `short_description` and `correlation_id` of the table as it is shipped. */
const [LONGEST_TITLE, LONGEST_CORRELATION] = [160, 100];

const CLOSED = '7';
/** A choice of every release. */
const CLOSE_CODE = 'Solved (Permanently)';

/** Impact and urgency from which the table of priorities, as it is shipped, comes to a priority. */
const IMPACT_AND_URGENCY = { 1: ['1', '1'], 2: ['1', '2'], 3: ['2', '2'], 4: ['2', '3'], 5: ['3', '3'] } as const;

type PlannedWrite = PlannedRequest & { readonly method: 'POST' | 'PATCH' };

/** Incidents of a ServiceNow instance as tickets. Each write is sent once. */
export function createServiceNowTickets(options: ServiceNowOptions): TicketSystem {
  const client = createTableClient(options);
  const incidents = `${options.instanceUrl}/api/now/table/${TABLE}`;
  const shown = `?sysparm_fields=sys_id,${TICKET_FIELDS.join(',')}&sysparm_exclude_reference_link=true`;
  const addressOf = (id: string) => `${incidents}/${encodeURIComponent(id)}${shown}`;

  function plan(action: Parameters<TicketSystem['plan']>[0]): PlannedWrite {
    if ('create' in action) return { method: 'POST', url: `${incidents}${shown}`, body: toBody(action.create) };
    if ('update' in action) return { method: 'PATCH', url: addressOf(action.update), body: toBody(action.to) };
    const body = { state: CLOSED, close_code: CLOSE_CODE, close_notes: action.note };
    return { method: 'PATCH', url: addressOf(action.close), body };
  }

  async function send(action: Parameters<typeof plan>[0], call: Parameters<TicketSystem['create']>[1]): Promise<Row> {
    const { method, url, body } = plan(action);
    return client.write({ table: TABLE, url, method, json: body }, call);
  }

  return {
    plan,
    async findTickets(prefix, call) {
      const query = encodeQuery(condition('correlation_id', 'STARTSWITH', prefix));
      const wanted = { table: TABLE, query, fields: TICKET_FIELDS, most: MOST_TICKETS };
      const { rows, isMore, hidden } = await client.read(wanted, call);
      if (isMore) {
        throw sourceUnavailable(
          `ServiceNow has more than ${MOST_TICKETS} tickets of ${prefix}: they are too many`,
          false,
        );
      }
      // One that is there and not shown would be made a second time.
      if (hidden > 0)
        throw sourceUnavailable(`ServiceNow: ${tellHidden(`tickets of ${prefix}`, rows.length, hidden)}`, false);
      // ServiceNow compares without regard to case.
      return byCorrelation(rows.map(toTicket).filter(({ correlationId }) => correlationId.startsWith(prefix)));
    },
    readRecords: (names, call) => readRecordStates(client, names, call),
    async create(ticket, call) {
      if (ticket.correlationId.length > LONGEST_CORRELATION) {
        throw sourceUnavailable(`ServiceNow would cut the correlation id ${ticket.correlationId}`, false);
      }
      const created = toTicket(await send({ create: ticket }, call));
      if (created.id === '') throw sourceUnavailable('ServiceNow made a ticket and does not say which', false);
      return created;
    },
    async update(id, ticket, call) {
      await send({ update: id, to: ticket }, call);
    },
    async close(id, note, call) {
      await send({ close: id, note }, call);
    },
  };
}

/** Of several with one id the first that is open, with the others that are, else the latest. */
function byCorrelation(tickets: readonly KnownTicket[]): ReadonlyMap<string, KnownTicket> {
  const found = new Map<string, KnownTicket>();
  for (const ticket of tickets) {
    const known = found.get(ticket.correlationId);
    if (known?.isOpen !== true) found.set(ticket.correlationId, ticket);
    else if (ticket.isOpen) {
      const { id, number } = ticket;
      found.set(ticket.correlationId, { ...known, copies: [...(known.copies ?? []), { id, number }] });
    }
  }
  return found;
}

function toTicket(row: Row): KnownTicket {
  const value = (field: string) => cellOf(row, field).value;
  return {
    id: value('sys_id'),
    number: value('number'),
    correlationId: value('correlation_id'),
    isOpen: value('active') !== 'false' && !ENDED_INCIDENT.has(value('state')),
    title: value('short_description'),
    description: value('description'),
  };
}

function toBody({ correlationId, title, description, priority, dueDate, assetId }: Ticket): Record<string, string> {
  const [impact, urgency] = IMPACT_AND_URGENCY[priority];
  return {
    correlation_id: correlationId,
    correlation_display: 'ERAS',
    short_description: title.length > LONGEST_TITLE ? `${title.slice(0, LONGEST_TITLE - 1)}…` : title,
    description,
    impact,
    urgency,
    priority: String(priority),
    // A time of day in UTC: the end of the day that is meant.
    ...(dueDate === null ? {} : { due_date: `${dueDate} 23:59:59` }),
    ...(assetId === null ? {} : { cmdb_ci: assetId }),
  };
}
