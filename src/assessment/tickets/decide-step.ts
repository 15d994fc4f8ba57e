import type { LeaveReason, TicketStep } from '../../domain/ticket/ticket-plan.ts';
import type { TicketRecord } from '../../ports/ticket-ledger.ts';
import type { KnownTicket } from '../../ports/ticket-system.ts';
import { parseCorrelationId, toCorrelationId } from './fix-id.ts';

/** What is known of a fix's ticket when it is decided what to do with it. */
export interface TicketState {
  readonly fixId: string;
  /** This store's record of the ticket that is gone on with; null where there is none, or a person closed all there are. */
  readonly record: TicketRecord | null;
  /** The system's ticket of that record, else its latest one of the name. */
  readonly known: KnownTicket | null;
  /** The latest time for which this store has made a ticket of the name; 0: it has made none. */
  readonly made: number;
  /** Whether this store set out to make the system's ticket: killed before it wrote the record, it has none. */
  readonly isIntended: boolean;
  /** Whether anything is left to be mended. */
  readonly isWanted: boolean;
  /** Whether it is bad enough for a new ticket. */
  readonly isTicketed: boolean;
  readonly contentHash: string;
  readonly closingNote: string;
}

/** A step and the ticket that it is for. */
export interface DecidedStep {
  readonly correlationId: string;
  readonly step: TicketStep;
}

/** Decides what is to be done with the ticket of a fix; null where there is none and none is wanted. */
export function decideStep(state: TicketState): DecidedStep | null {
  const { record, known, fixId, made } = state;
  const seen = known === null ? 0 : occurrenceOf(known.correlationId);
  const isLive = record !== null && record.goneAt === null;
  if (!state.isWanted) return isLive ? finish(state, record) : null;
  const isOwn = known !== null && known.correlationId === record?.correlationId;
  if (known?.isOpen && (isOwn || seen >= made))
    return { correlationId: known.correlationId, step: refresh(state, known) };
  // Another store's ticket that a person has closed: what that person has seen is not known here.
  if (known !== null && seen > made) return leave(known, 'closed by hand');
  // Somebody deleted the ticket, or it is in another system: the same name is free. What comes after a closed one has a name of its own.
  return create(state, toCorrelationId(fixId, isLive ? made : made + 1));
}

function create({ isTicketed }: TicketState, correlationId: string): DecidedStep | null {
  return isTicketed ? { correlationId, step: { kind: 'create' } } : null;
}

function finish({ known, closingNote }: TicketState, record: TicketRecord): DecidedStep {
  const { correlationId, ticketId, number } = record;
  if (known?.isOpen && known.correlationId === correlationId) {
    return { correlationId, step: { kind: 'close', ticketId: known.id, number: known.number, note: closingNote } };
  }
  return { correlationId, step: { kind: 'leave', ticketId, number, reason: 'gone' } };
}

function refresh(
  { record, contentHash, isIntended, made }: TicketState,
  { id, number, correlationId }: KnownTicket,
): TicketStep {
  const isCurrent = record?.correlationId === correlationId && record.goneAt === null;
  return isCurrent && record.contentHash === contentHash
    ? { kind: 'leave', ticketId: id, number, reason: 'up to date' }
    : { kind: 'update', ticketId: id, number, isForeign: occurrenceOf(correlationId) > made && !isIntended };
}

function leave({ id, number, correlationId }: KnownTicket, reason: LeaveReason): DecidedStep {
  return { correlationId, step: { kind: 'leave', ticketId: id, number, reason } };
}

function occurrenceOf(correlationId: string): number {
  return parseCorrelationId(correlationId)?.occurrence ?? 0;
}
