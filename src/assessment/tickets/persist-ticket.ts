import { setTimeout as wait } from 'node:timers/promises';
import type { PlannedTicket } from '../../domain/ticket/ticket-plan.ts';
import { RiskError } from '../../kernel/risk-error.ts';
import type { KnownTicket, Ticket, TicketSystem } from '../../ports/ticket-system.ts';
import type { SourceCall } from '../../ports/vulnerability-source.ts';

/** What writing a ticket needs. */
export interface PersistParts {
  readonly system: TicketSystem;
  /** How long to wait before each look for a write whose answer was lost, milliseconds: the system may be at it still. */
  readonly waitsMs: readonly number[];
}

/** Ids that the system gave to a ticket. */
export type Written = Pick<KnownTicket, 'id' | 'number'>;

/** Writes until there is an answer, or the ticket is found as it was to be: the answer to a write may be lost when the write is not. */
export async function persistTicket(planned: PlannedTicket, parts: PersistParts, call: SourceCall): Promise<Written> {
  for (let attempt = 0; ; attempt += 1) {
    const answer = await trySend(planned, parts.system, call);
    if (!(answer instanceof RiskError)) return answer;
    const pause = answer.retryable ? (parts.waitsMs[attempt] ?? null) : null;
    if (pause !== null) await wait(pause, undefined, { signal: call.signal });
    const made = await findMade(planned, parts.system, call);
    if (made !== null) return made;
    if (pause === null) throw answer;
  }
}

/** One write: what came of it, or why there is no answer. */
async function trySend(planned: PlannedTicket, system: TicketSystem, call: SourceCall): Promise<Written | RiskError> {
  try {
    return await send(planned, system, call);
  } catch (error) {
    call.signal.throwIfAborted();
    if (error instanceof RiskError && error.code === 'SOURCE_UNAVAILABLE') return error;
    throw error;
  }
}

async function send({ step, correlationId, ticket }: PlannedTicket, system: TicketSystem, call: SourceCall) {
  const named: Ticket = { correlationId, ...ticket };
  if (step.kind === 'create') return system.create(named, call);
  if (step.kind === 'leave') throw new Error('a ticket that is left alone is not written');
  if (step.kind === 'update') await system.update(step.ticketId, named, call);
  else await system.close(step.ticketId, step.note, call);
  return { id: step.ticketId, number: step.number };
}

/** Whether a creation or a closing was made although its answer was lost. An update is simply made again. */
async function findMade(
  { step, correlationId }: PlannedTicket,
  system: TicketSystem,
  call: SourceCall,
): Promise<Written | null> {
  if (step.kind === 'update') return null;
  const found = (await system.findTickets(correlationId, call)).get(correlationId);
  if (found === undefined || (step.kind === 'close' && found.isOpen)) return null;
  return found;
}
