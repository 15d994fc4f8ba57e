import { approvalKey, type PlannedTicket, type TicketPlan } from '../../domain/ticket/ticket-plan.ts';
import { clipLine } from '../../kernel/clip.ts';
import { messageOf, RiskError } from '../../kernel/risk-error.ts';
import type { AuditLog } from '../../ports/audit-log.ts';
import type { TicketLedger, TicketRecord } from '../../ports/ticket-ledger.ts';
import type { SourceCall } from '../../ports/vulnerability-source.ts';
import { type PersistParts, persistTicket, type Written } from './persist-ticket.ts';

/** What carrying out needs. */
export interface CarryOutParts extends PersistParts {
  readonly ledger: TicketLedger;
  readonly audit: AuditLog;
}

/** What came of a plan. */
export interface TicketOutcome {
  readonly created: number;
  readonly updated: number;
  readonly closed: number;
  /** Tickets that need nothing. */
  readonly left: number;
  /** What was carried out. */
  readonly plan: TicketPlan;
  /** Writes that nobody approved: what changed while the question stood. */
  readonly unapproved: number;
  /** Writes that the system refused, and why. */
  readonly failures: readonly string[];
}

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
  return { plan, created, updated, closed, left, unapproved, failures };
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
    const written = await persistTicket(planned, parts, call);
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
