import type { FixTicket } from './describe-fix.ts';
import type { Fix } from './fix.ts';
import type { FixSighting } from './sighting.ts';

/** What is done with the ticket of a fix. */
export type TicketStep =
  | { readonly kind: 'create' }
  /** `isForeign`: another store wrote the ticket, and what only it knows is replaced. */
  | { readonly kind: 'update'; readonly ticketId: string; readonly number: string; readonly isForeign: boolean }
  | { readonly kind: 'close'; readonly ticketId: string; readonly number: string; readonly note: string }
  | { readonly kind: 'leave'; readonly ticketId: string; readonly number: string; readonly reason: LeaveReason };

/** Why nothing is written: it says all already, a person has closed it though its fix is still wanted, or it is closed and gone. */
export type LeaveReason = 'up to date' | 'closed by hand' | 'gone';

/** A fix and what is to be done about it. */
export interface PlannedTicket {
  readonly step: TicketStep;
  readonly correlationId: string;
  readonly fixId: string;
  readonly fix: Fix;
  readonly ticket: FixTicket;
  readonly contentHash: string;
  /** What is left to be mended; none: it is gone. */
  readonly sightings: readonly FixSighting[];
  /** Why it is not gone though nothing of it was found now, in a few words; null where something was found, or all is gone. */
  readonly kept: string | null;
}

/** What is to be done about all tickets of an assessment: the most urgent first. */
export interface TicketPlan {
  readonly assessmentId: string;
  /** When the assessment began, ISO 8601. */
  readonly createdAt: string;
  readonly tickets: readonly PlannedTicket[];
}

/** Names a write for which a person is asked. A creation that turns out to have been made already is the same one. */
export function approvalKey({ step, correlationId }: Pick<PlannedTicket, 'step' | 'correlationId'>): string {
  return `${step.kind === 'close' ? 'close' : 'write'} ${correlationId}`;
}

/** Whether a person has closed the ticket of what was found again. */
export function isClosedByHand({ step, kept }: PlannedTicket): boolean {
  return step.kind === 'leave' && step.reason === 'closed by hand' && kept === null;
}

/** The tickets of a plan that something is written to. */
export function writesOf({ tickets }: TicketPlan): readonly PlannedTicket[] {
  return tickets.filter(({ step }) => step.kind !== 'leave');
}
