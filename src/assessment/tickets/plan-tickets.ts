import { createHash } from 'node:crypto';
import { RISK_LEVELS, type RiskLevel } from '../../domain/assessment/finding-schema.ts';
import { canonicalJson } from '../../domain/audit/audit-entry.ts';
import { describeFix } from '../../domain/ticket/describe-fix.ts';
import { type FixSighting, sightingKey, worstLevel } from '../../domain/ticket/sighting.ts';
import type { PlannedTicket, TicketPlan } from '../../domain/ticket/ticket-plan.ts';
import type { TicketRecord } from '../../ports/ticket-ledger.ts';
import type { KnownTicket } from '../../ports/ticket-system.ts';
import type { CollectedFixes } from './collect-fixes.ts';
import { decideStep } from './decide-step.ts';
import { parseCorrelationId } from './fix-id.ts';

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
  const records = latestOfEach(input.records);
  const known = latestOfEach(input.known);
  const fixIds = [...new Set([...input.collected.fixes.keys(), ...records.keys()])];
  const tickets = fixIds.flatMap((fixId) => {
    const planned = planFix(input, fixId, records.get(fixId) ?? null, known.get(fixId) ?? null);
    return planned === null ? [] : [planned];
  });
  return { assessmentId: input.assessmentId, createdAt: input.createdAt, tickets: tickets.sort(byUrgency) };
}

function planFix(
  input: PlanInput,
  fixId: string,
  record: TicketRecord | null,
  known: KnownTicket | null,
): PlannedTicket | null {
  const { assessmentId, createdAt, collected, assetSource } = input;
  // A later assessment has found it gone: this one is out of date.
  if (record !== null && record.goneAt !== null && record.goneAt > createdAt) return null;
  const live = record?.goneAt === null ? record : null;
  const found = collected.fixes.get(fixId);
  const fix = found?.fix ?? live?.fix;
  if (fix === undefined) return null;
  const { sightings, kept } = mergeSightings(fixId, live, found?.sightings ?? new Map(), collected);
  const contentHash = hashOf(describeFix(fix, sightings, { assessmentId: '', assetSource }));
  const decided = decideStep({
    fixId,
    record,
    known,
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

/** What was known of before and is not gone, and what was found now; of the same thing, what was seen last. */
function mergeSightings(
  fixId: string,
  live: TicketRecord | null,
  found: ReadonlyMap<string, FixSighting>,
  { whyKept, isLooked }: CollectedFixes,
): Pick<PlannedTicket, 'sightings' | 'kept'> {
  const merged = new Map(found);
  const reasons: string[] = [];
  for (const before of live?.sightings ?? []) {
    const key = sightingKey(before);
    const now = merged.get(key);
    if (now === undefined) {
      const why = whyKept(fixId, before);
      if (why === null) continue;
      reasons.push(why);
      merged.set(key, before);
    } else if (before.seenAt > now.seenAt) merged.set(key, before);
    else {
      // Where it was seen before and nobody has looked since, it may be still.
      const places = [...now.places, ...before.places.filter((place) => !isLooked(place))];
      merged.set(key, { ...now, places: [...new Set(places)].sort() });
    }
  }
  return { sightings: [...merged.values()], kept: found.size > 0 ? null : (reasons[0] ?? null) };
}

function latestOfEach<Named extends { readonly correlationId: string }>(
  all: Iterable<Named>,
): ReadonlyMap<string, Named> {
  const latest = new Map<string, { readonly occurrence: number; readonly one: Named }>();
  for (const one of all) {
    const name = parseCorrelationId(one.correlationId);
    if (name === null || name.occurrence < (latest.get(name.fixId)?.occurrence ?? 0)) continue;
    latest.set(name.fixId, { occurrence: name.occurrence, one });
  }
  return new Map([...latest].map(([fixId, { one }]) => [fixId, one]));
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
