import { createHash } from 'node:crypto';
import { RISK_LEVELS, type RiskLevel } from '../../domain/assessment/finding-schema.ts';
import { canonicalJson } from '../../domain/audit/audit-entry.ts';
import { describeFix } from '../../domain/ticket/describe-fix.ts';
import { type FixSighting, worstLevel } from '../../domain/ticket/sighting.ts';
import type { PlannedTicket, TicketPlan, TicketStep } from '../../domain/ticket/ticket-plan.ts';
import type { TicketRecord } from '../../ports/ticket-ledger.ts';
import type { KnownTicket } from '../../ports/ticket-system.ts';
import type { CollectedFixes } from './collect-fixes.ts';
import { decideStep } from './decide-step.ts';
import { mergeSightings } from './merge-sightings.ts';
import { planAnswered } from './plan-answered.ts';
import { type RecordedTicket, type TicketsOfFix, ticketsOfFixes } from './tickets-of-fix.ts';

/** What a plan is made from. */
export interface PlanInput {
  readonly assessmentId: string;
  /** When the assessment began, ISO 8601. */
  readonly createdAt: string;
  readonly collected: CollectedFixes;
  readonly records: readonly TicketRecord[];
  /** The system's tickets. */
  readonly known: readonly KnownTicket[];
  /** Correlation ids of tickets that this store set out to make. */
  readonly intended: ReadonlySet<string>;
  /** The mildest level for which a ticket is made. */
  readonly fromLevel: RiskLevel;
  /** What the ticket system calls itself where it knows assets. */
  readonly assetSource: string;
}

/** Decides what is to be done about each fix that an assessment wants or that this store has a ticket for. Asks and writes nothing. */
export function planTickets(input: PlanInput): TicketPlan {
  const tickets = planAll(input);
  return { assessmentId: input.assessmentId, createdAt: input.createdAt, tickets: tickets.sort(byUrgency) };
}

function planAll(input: PlanInput): PlannedTicket[] {
  const all = ticketsOfFixes(input.records, input.known, input.collected.earlierIds);
  const isRecorded = ([, { record }]: readonly [string, TicketsOfFix]) => record !== null;
  const recorded = [...all].filter(isRecorded).map(([fixId]) => fixId);
  return [...new Set([...input.collected.fixes.keys(), ...recorded])].flatMap((fixId) => {
    const tickets = all.get(fixId) ?? noTickets(fixId);
    const answered = planAnswered(fixId, tickets, input.collected, input);
    const planned = planFix(input, fixId, tickets, answered.unanswered);
    if (planned === null) return answered.tickets;
    return [
      ...answered.tickets,
      planned,
      ...planCopies(planned, tickets.known),
      ...tickets.merged.map((one) => planMerged(input, fixId, one, planned)),
    ];
  });
}

function noTickets(name: string): TicketsOfFix {
  return { name, record: null, known: null, made: 0, merged: [], answered: [] };
}

/** Tickets that people gave the same correlation id are closed with the ticket. */
function planCopies(planned: PlannedTicket, known: KnownTicket | null): PlannedTicket[] {
  const { step } = planned;
  if (step.kind !== 'close') return [];
  return (known?.copies ?? []).map(({ id, number }) => ({ ...planned, step: { ...step, ticketId: id, number } }));
}

/** What to do with a second ticket of one fix, as earlier rules made them: nothing is left for it. */
function planMerged(
  { assessmentId, assetSource }: PlanInput,
  fixId: string,
  { record, known }: RecordedTicket,
  { correlationId: kept }: PlannedTicket,
): PlannedTicket {
  const { correlationId, ticketId, number, fix, sightings } = record;
  const note = `What this ticket was for is one fix with that of ${kept}, where it goes on (ERAS, assessment ${assessmentId}).`;
  const step: TicketStep =
    known?.isOpen && known.correlationId === correlationId
      ? { kind: 'close', ticketId: known.id, number: known.number, note }
      : { kind: 'leave', ticketId, number, reason: 'gone' };
  const ticket = describeFix(fix, sightings, { assessmentId, assetSource });
  return { step, correlationId, fixId, fix, ticket, contentHash: record.contentHash, sightings: [], kept: null };
}

function planFix(
  input: PlanInput,
  fixId: string,
  { name, record, known, made }: TicketsOfFix,
  found: ReadonlyMap<string, FixSighting>,
): PlannedTicket | null {
  const { assessmentId, createdAt, collected, assetSource } = input;
  // A later assessment has found it gone: this one is out of date.
  if (record !== null && record.goneAt !== null && record.goneAt > createdAt) return null;
  const live = record?.goneAt === null ? record : null;
  const fix = collected.fixes.get(fixId)?.fix ?? live?.fix;
  if (fix === undefined) return null;
  const { sightings, kept } = mergeSightings(fixId, live?.sightings ?? [], found, collected);
  const contentHash = hashOf(describeFix(fix, sightings, { assessmentId: '', assetSource }));
  const decided = decideStep({
    fixId: name,
    record,
    known,
    made,
    isIntended: known !== null && input.intended.has(known.correlationId),
    isWanted: sightings.length > 0,
    isTicketed: RISK_LEVELS.indexOf(worstLevel(sightings)) <= RISK_LEVELS.indexOf(input.fromLevel),
    contentHash,
    closingNote: `All that this ticket was for was looked for again and is gone (ERAS, assessment ${assessmentId}).`,
  });
  if (decided === null) return null;
  const ticket = describeFix(fix, sightings.length > 0 ? sightings : lastKnown(live), { assessmentId, assetSource });
  // What is left alone still says what was written to it.
  const written = decided.step.kind === 'leave' ? (live?.contentHash ?? '') : contentHash;
  return { ...decided, fixId, fix, ticket, contentHash: written, sightings, kept };
}

function lastKnown(live: TicketRecord | null): readonly FixSighting[] {
  return live?.sightings ?? [];
}

function hashOf(ticket: unknown): string {
  return createHash('sha256').update(canonicalJson(ticket)).digest('hex');
}

function byUrgency(one: PlannedTicket, other: PlannedTicket): number {
  const day = ({ ticket }: PlannedTicket) => ticket.dueDate ?? '9';
  return (
    one.ticket.priority - other.ticket.priority ||
    (day(one) < day(other) ? -1 : day(one) > day(other) ? 1 : 0) ||
    (one.correlationId < other.correlationId ? -1 : 1)
  );
}
