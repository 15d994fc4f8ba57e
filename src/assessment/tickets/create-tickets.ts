import type { Checkpointer } from '../../agents/supervisor/graph.ts';
import { superviseTickets } from '../../agents/supervisor/ticketing.ts';
import type { RiskLevel } from '../../domain/assessment/finding-schema.ts';
import { TICKET_PREFIX } from '../../domain/ticket/fix.ts';
import { approvalKey, type TicketPlan, writesOf } from '../../domain/ticket/ticket-plan.ts';
import { once } from '../../kernel/once.ts';
import { messageOf, RiskError } from '../../kernel/risk-error.ts';
import type { AssessmentStore, StoredAssessment } from '../../ports/assessment-store.ts';
import type { AuditLog } from '../../ports/audit-log.ts';
import type { TicketLedger } from '../../ports/ticket-ledger.ts';
import type { PlannedRequest, TicketSystem } from '../../ports/ticket-system.ts';
import type { SourceCall } from '../../ports/vulnerability-source.ts';
import { unknownAssessment } from '../store-assessment.ts';
import { carryOut, type TicketOutcome } from './carry-out.ts';
import { collectFixes } from './collect-fixes.ts';
import { planTickets } from './plan-tickets.ts';
import { readOrigins } from './read-origins.ts';

/** High and Critical: what must be mended soon is work for somebody; the rest is on the list of the assessment. */
const FROM_LEVEL: RiskLevel = 'High';

/** What ticketing depends on. */
export interface TicketingParts {
  readonly store: AssessmentStore;
  readonly ledger: TicketLedger;
  readonly audit: AuditLog;
  readonly checkpointer: Checkpointer;
  readonly system: TicketSystem;
  /** What the ticket system calls itself where it knows assets. */
  readonly assetSource: string;
  readonly waitsMs: readonly number[];
}

/** Who approves a plan, and how that is told in the audit log. */
export interface Approver {
  /** Shows the plan and asks; false is "not now". */
  ask(plan: TicketPlan): Promise<boolean>;
  /** Such as `--yes` or `terminal`. */
  readonly by: string;
}

/** Makes tickets of assessments. */
export interface Ticketing {
  /** What would be written and the exact requests for it. Looks tickets up, and writes nothing anywhere. */
  preview(
    assessmentId: string,
    call: SourceCall,
    store?: AssessmentStore,
  ): Promise<{ readonly plan: TicketPlan; readonly requests: readonly PlannedRequest[] }>;
  /**
   * Shows what would be written, asks, and writes it; null where it was not approved now.
   * @throws RiskError `SOURCE_UNAVAILABLE` where not all was written: calling again goes on
   */
  create(assessmentId: string, approver: Approver, call: SourceCall): Promise<TicketOutcome | null>;
}

/** Creates the use case from its parts. */
export function createTicketingUseCase(parts: TicketingParts): Ticketing {
  const { ledger, system, audit, checkpointer } = parts;

  async function plan(assessmentId: string, call: SourceCall, store = parts.store): Promise<TicketPlan> {
    const stored = await getFinished(store, assessmentId);
    const records = await ledger.load();
    const collected = await collectFixes(store, stored, records, (names) => readOrigins(names, system, call));
    const known = [...(await system.findTickets(TICKET_PREFIX, call)).values()];
    const intended = await audit.targetsOf('ticket.create.intended');
    const { assetSource } = parts;
    const { createdAt } = stored;
    const found = { collected, records, known, intended };
    return planTickets({ assessmentId, createdAt, ...found, fromLevel: FROM_LEVEL, assetSource });
  }

  async function supervise(assessmentId: string, approver: Approver, call: SourceCall): Promise<TicketOutcome | null> {
    const shown = once(() => plan(assessmentId, call));
    let outcome: TicketOutcome | null = null;
    const steps = {
      propose: async () => writesOf(await shown()).map(approvalKey),
      async ask() {
        const isApproved = await approver.ask(await shown());
        const detail = { writes: writesOf(await shown()).length, by: approver.by };
        if (isApproved) await audit.append({ action: 'tickets.approved', target: assessmentId, detail });
        return isApproved;
      },
      async write(approved: readonly string[]) {
        // A person takes time, and a killed run more: what is there now decides whether a ticket is made.
        outcome = await asOnlyWriter(ledger, async () =>
          carryOut(await plan(assessmentId, call), new Set(approved), parts, call),
        );
      },
    };
    return (await superviseTickets(assessmentId, steps, checkpointer, call.signal)) ? outcome : null;
  }

  return {
    async preview(assessmentId, call, store) {
      const previewed = await plan(assessmentId, call, store);
      return { plan: previewed, requests: writesOf(previewed).map((planned) => toRequest(planned, system)) };
    },
    async create(assessmentId, approver, call) {
      try {
        return await supervise(assessmentId, approver, call);
      } catch (error) {
        call.signal.throwIfAborted();
        throw error instanceof RiskError && error.code === 'SOURCE_UNAVAILABLE'
          ? unfinished(assessmentId, error)
          : error;
      }
    },
  };
}

function toRequest({ step, correlationId, ticket }: TicketPlan['tickets'][number], system: TicketSystem) {
  const named = { correlationId, ...ticket };
  if (step.kind === 'update') return system.plan({ update: step.ticketId, to: named });
  if (step.kind === 'close') return system.plan({ close: step.ticketId, note: step.note });
  return system.plan({ create: named });
}

/** Two runs at once would both find no ticket, and both make one. @throws RiskError `STORE_FAILED` where another process writes */
async function asOnlyWriter<Value>(ledger: TicketLedger, work: () => Promise<Value>): Promise<Value> {
  if (!(await ledger.claimWriter())) {
    const message = 'another process writes tickets from this store; try again when it is done';
    throw new RiskError({ code: 'STORE_FAILED', message, retryable: true });
  }
  try {
    return await work();
  } finally {
    await ledger.releaseWriter();
  }
}

async function getFinished(store: AssessmentStore, id: string): Promise<StoredAssessment> {
  const stored = await store.findAssessment(id);
  if (stored === null) throw unknownAssessment(id);
  if (stored.head === null) throw new RiskError({ code: 'BAD_INPUT', message: `the assessment ${id} is not done yet` });
  return stored;
}

function unfinished(id: string, cause: RiskError): RiskError {
  const message = `not all tickets are written: ${messageOf(cause)}; eras assess --resume ${id} --create-tickets goes on`;
  return new RiskError({ code: 'SOURCE_UNAVAILABLE', message, retryable: true, cause });
}
