import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { KnownTicket, Ticket } from '../../src/ports/ticket-system.ts';

/** What a write does besides being made: its answer is lost, or the write itself, it is refused, or somebody is told of it. */
export interface WriteFault {
  readonly tell?: () => void;
  readonly isAnswerLost?: boolean;
  /** Nothing is made, and nothing answered. */
  readonly isLost?: boolean;
  readonly refuse?: number;
}

/** A ticket as the server keeps it. */
export type KeptTicket = KnownTicket & Pick<Ticket, 'priority' | 'dueDate'>;

/** A ticket system over HTTP on loopback. It makes a ticket for each creation that it is sent: nothing but the client keeps twins away. */
export interface TicketServer {
  readonly url: string;
  readonly tickets: KeptTicket[];
  /** The writes so far, such as `POST`. */
  readonly writes: string[];
  /** What happens at the nth write, counted from 1. */
  faultAt(write: number, fault: WriteFault): void;
  close(): Promise<void>;
}

/** Starts the server on a free port. */
export async function startTicketServer(): Promise<TicketServer> {
  const tickets: KeptTicket[] = [];
  const writes: string[] = [];
  const faults = new Map<number, WriteFault>();

  function make(method: string, path: string, body: string): KeptTicket | null {
    if (method === 'POST') {
      const number = `INC${String(tickets.length + 1).padStart(4, '0')}`;
      const ticket = { ...(JSON.parse(body) as Ticket), id: `id-${tickets.length + 1}`, number, isOpen: true };
      tickets.push(ticket);
      return ticket;
    }
    const place = tickets.findIndex(({ id }) => path.endsWith(`/${id}`));
    const before = tickets[place];
    if (before === undefined) return null;
    const changed: KeptTicket = { ...before, ...JSON.parse(body) };
    tickets[place] = changed;
    return changed;
  }

  const server = createServer(async (request, response) => {
    const { method = '', url = '' } = request;
    const body = await text(request);
    if (method === 'GET') {
      const prefix = new URL(url, 'http://loopback').searchParams.get('prefix') ?? '';
      response.end(JSON.stringify(tickets.filter(({ correlationId }) => correlationId.startsWith(prefix))));
      return;
    }
    writes.push(method);
    const fault = faults.get(writes.length) ?? {};
    fault.tell?.();
    if (fault.isLost) {
      request.socket.destroy();
      return;
    }
    if (fault.refuse !== undefined) {
      response.statusCode = fault.refuse;
      response.end('{}');
      return;
    }
    const made = make(method, url, body);
    if (fault.isAnswerLost) request.socket.destroy();
    else response.end(JSON.stringify(made));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    tickets,
    writes,
    faultAt: (write, fault) => void faults.set(write, fault),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
