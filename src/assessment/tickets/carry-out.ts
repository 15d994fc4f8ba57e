import { setTimeout as wait } from 'node:timers/promises';
import { approvalKey, type PlannedTicket, type TicketPlan } from '../../domain/ticket/ticket-plan.ts';
import { clipLine } from '../../kernel/clip.ts';
import { messageOf, RiskError } from '../../kernel/risk-error.ts';
import type { AuditLog } from '../../ports/audit-log.ts';
import type { TicketLedger, TicketRecord } from '../../ports/ticket-ledger.ts';
import type { KnownTicket, Ticket, TicketSystem } from '../../ports/ticket-system.ts';
import type { SourceCall } from '../../ports/vulnerability-source.ts';

/** What carrying out needs. */
export interface CarryOutParts {
  readonly system: TicketSystem;
  readonly ledger: TicketLedger;
  readonly audit: AuditLog;
  /** How long to wait before each look for a write whose answer was lost, milliseconds: the system may be at it still. */
  readonly waitsMs: readonly number[];
}

/** What came of a plan. */
export interface TicketOutcome {
  readonly created: number;
  readonly updated: number;
  readonly closed: number;
  /** Tickets that need nothing. */
  readonly left: number;
  /** Writes that nobody approved: what changed while the question stood. */
  readonly unapproved: number;
  /** Writes that the system refused, and why. */
  readonly failures: readonly string[];
}

/** Ids that the system gave to a ticket. */
type Written = Pick<KnownTicket, 'id' | 'number'>;

/**
 * Carries out the approved writes of a plan, one by one. Each is in the audit log before it is made, and what came of it after. A system that cannot be
 * reached ends it; what it refuses is told at the end. @throws RiskError `SOURCE_UNAVAILABLE`, or the signal's reason
 */
export async function carryOut(
  plan: TicketPlan,
  approved: ReadonlySet<string>,
  parts: CarryOutParts,
  call: SourceCall,
): Promise<TicketOutcome> {
  const counts = { create: 0, update: 0, close: 0, leave: 0 };
  const failures: string[] = [];
  let unapproved = 0;
  for (const planned of plan.tickets) {
    call.signal.throwIfAborted();
    const { step, correlationId } = planned;
    if (step.kind === 'leave') {
      await remember(parts.ledger, plan, planned, { id: step.ticketId, number: step.number });
    } else if (!approved.has(approvalKey(planned))) {
      unapproved += 1;
      continue;
    } else {
      const refusal = await writeOne(plan, planned, parts, call);
      if (refusal !== null) {
        failures.push(`${correlationId}: ${refusal}`);
        continue;
      }
    }
    counts[step.kind] += 1;
  }
  const { create: created, update: updated, close: closed, leave: left } = counts;
  return { created, updated, closed, left, unapproved, failures };
}

/** Makes one write, booked before and after; returns why it was refused, or null. */
async function writeOne(
  plan: TicketPlan,
  planned: PlannedTicket,
  parts: CarryOutParts,
  call: SourceCall,
): Promise<string | null> {
  const { step, correlationId, ticket } = planned;
  const note = (state: 'intended' | 'done' | 'failed', detail: Readonly<Record<string, unknown>>) =>
    parts.audit.append({
      action: `ticket.${step.kind}.${state}`,
      target: correlationId,
      detail: { assessmentId: plan.assessmentId, ...detail },
    });
  const { title, priority, dueDate } = ticket;
  await note('intended', { title, priority, dueDate, contentHash: planned.contentHash });
  try {
    const written = await persist(planned, parts, call);
    await note('done', { ticketId: written.id, number: written.number });
    await remember(parts.ledger, plan, planned, written);
    return null;
  } catch (error) {
    // Cancelled or killed, nobody knows whether it was made: the intention stands alone, and the next run looks.
    call.signal.throwIfAborted();
    if (!(error instanceof RiskError) || error.code !== 'SOURCE_UNAVAILABLE') throw error;
    const reason = clipLine(messageOf(error), 300);
    await note('failed', { reason });
    if (error.retryable) throw error;
    return reason;
  }
}

/** Writes until there is an answer, or the ticket is found as it was to be: the answer to a write may be lost when the write is not. */
async function persist(planned: PlannedTicket, parts: CarryOutParts, call: SourceCall): Promise<Written> {
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

async function remember(
  ledger: TicketLedger,
  { createdAt }: TicketPlan,
  { correlationId, fixId, fix, contentHash, sightings }: PlannedTicket,
  { id: ticketId, number }: Written,
): Promise<void> {
  const record: TicketRecord = {
    correlationId,
    fixId,
    fix,
    ticketId,
    number,
    contentHash,
    goneAt: sightings.length === 0 ? createdAt : null,
    sightings,
  };
  await ledger.save(record);
}
