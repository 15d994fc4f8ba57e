import { messageOf, RiskError } from '../../src/kernel/risk-error.ts';
import type { KnownTicket, PlannedRequest, TicketSystem } from '../../src/ports/ticket-system.ts';
import type { SourceCall } from '../../src/ports/vulnerability-source.ts';

/** A ticket system over the loopback server; an answer that does not come may come another time. */
export function createLoopbackTicketSystem(base: string): TicketSystem {
  const plan: TicketSystem['plan'] = (action) => {
    if ('create' in action) return { method: 'POST', url: `${base}/tickets`, body: action.create };
    if ('update' in action) return { method: 'PATCH', url: `${base}/tickets/${action.update}`, body: action.to };
    return { method: 'PATCH', url: `${base}/tickets/${action.close}`, body: { isOpen: false, note: action.note } };
  };
  async function send({ method, url, body }: PlannedRequest, { signal }: SourceCall): Promise<unknown> {
    const response = await fetch(url, { method, signal, body: method === 'GET' ? null : JSON.stringify(body) }).catch(
      (cause: unknown) => {
        signal.throwIfAborted();
        throw new RiskError({ code: 'SOURCE_UNAVAILABLE', message: messageOf(cause), retryable: true, cause });
      },
    );
    if (response.ok) return response.json();
    const retryable = response.status >= 500;
    throw new RiskError({ code: 'SOURCE_UNAVAILABLE', message: `HTTP ${response.status}`, retryable });
  }
  return {
    plan,
    async findTickets(prefix, call) {
      const url = `${base}/tickets?prefix=${encodeURIComponent(prefix)}`;
      const found = (await send({ method: 'GET', url, body: null }, call)) as KnownTicket[];
      return new Map(found.map((ticket) => [ticket.correlationId, ticket]));
    },
    readRecords: async () => [],
    create: async (ticket, call) => (await send(plan({ create: ticket }), call)) as KnownTicket,
    update: async (id, ticket, call) => void (await send(plan({ update: id, to: ticket }), call)),
    close: async (id, note, call) => void (await send(plan({ close: id, note }), call)),
  };
}
