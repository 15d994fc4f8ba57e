import type { LeaveReason, TicketStep } from '../../domain/ticket/ticket-plan.ts';
import type { TicketRecord } from '../../ports/ticket-ledger.ts';
import type { KnownTicket } from '../../ports/ticket-system.ts';
import { parseCorrelationId, toCorrelationId } from './fix-id.ts';

/** What is known of a fix's ticket when it is decided what to do with it. */
export interface TicketState {
  readonly fixId: string;
  /** This store's record of the fix's latest ticket. */
  readonly record: TicketRecord | null;
  /** The system's latest ticket of the fix. */
  readonly known: KnownTicket | null;
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
  const { record, known, fixId } = state;
  const recorded = record === null ? 0 : occurrenceOf(record.correlationId);
  const seen = known === null ? 0 : occurrenceOf(known.correlationId);
  const isLive = record !== null && record.goneAt === null;
  if (!state.isWanted) return isLive ? finish(state, record) : null;
  if (known === null || seen < recorded) {
    // Somebody deleted the ticket, or it is in another system: the same name is free. What was gone once and is back has a name of its own.
    return create(state, toCorrelationId(fixId, Math.max(1, recorded + (isLive || record === null ? 0 : 1))));
  }
  if (known.isOpen) return { correlationId: known.correlationId, step: refresh(state, known) };
  // Where this store closed it, or saw it gone, it has come back. Else a person closed it, who may know better than a scanner.
  const isReturn = !isLive && seen === recorded;
  return isReturn ? create(state, toCorrelationId(fixId, seen + 1)) : leave(known, 'closed by hand');
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
  { record, contentHash, isIntended }: TicketState,
  { id, number, correlationId }: KnownTicket,
): TicketStep {
  const isCurrent = record?.correlationId === correlationId && record.goneAt === null;
  return isCurrent && record.contentHash === contentHash
    ? { kind: 'leave', ticketId: id, number, reason: 'up to date' }
    : { kind: 'update', ticketId: id, number, isForeign: record === null && !isIntended };
}

function leave({ id, number, correlationId }: KnownTicket, reason: LeaveReason): DecidedStep {
  return { correlationId, step: { kind: 'leave', ticketId: id, number, reason } };
}

function occurrenceOf(correlationId: string): number {
  return parseCorrelationId(correlationId)?.occurrence ?? 0;
}
