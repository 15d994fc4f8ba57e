import { describeFix } from '../../domain/ticket/describe-fix.ts';
import { type FixSighting, sightingKey } from '../../domain/ticket/sighting.ts';
import type { PlannedTicket } from '../../domain/ticket/ticket-plan.ts';
import type { CollectedFixes } from './collect-fixes.ts';
import { mergeSightings } from './merge-sightings.ts';
import type { TicketsOfFix } from './tickets-of-fix.ts';

/** What is left to people who have closed tickets, and what nobody has answered yet. */
export interface Answered {
  readonly tickets: readonly PlannedTicket[];
  /** What was found now and is in no ticket that a person closed, by what tells one sighting from another. */
  readonly unanswered: ReadonlyMap<string, FixSighting>;
}

/**
 * Tells what people have seen when they closed the tickets of a fix from what is new: the same vulnerability, or another name of it, on the same asset is theirs, and
 * nothing else. What an open ticket has stays in that.
 */
export function planAnswered(
  fixId: string,
  { record: current, answered }: Pick<TicketsOfFix, 'record' | 'answered'>,
  collected: CollectedFixes,
  names: { readonly assessmentId: string; readonly assetSource: string },
): Answered {
  const found = collected.fixes.get(fixId)?.sightings ?? new Map<string, FixSighting>();
  const unanswered = new Map(found);
  const keyOf = (sighting: FixSighting) =>
    sightingKey({ ...sighting, vulnerabilityId: collected.currentId(fixId, sighting) });
  const taken = new Set((current?.sightings ?? []).map(keyOf));
  const tickets: PlannedTicket[] = [];
  for (const { record, known } of answered) {
    if (known === null) continue;
    const theirs = record.sightings.filter((sighting) => !taken.has(keyOf(sighting)));
    const again = new Map<string, FixSighting>();
    for (const key of theirs.map(keyOf)) {
      const now = found.get(key);
      if (now !== undefined) again.set(key, now);
      unanswered.delete(key);
      taken.add(key);
    }
    const { sightings, kept } = mergeSightings(fixId, theirs, again, collected);
    const { correlationId, fix, contentHash } = record;
    const reason = sightings.length === 0 ? 'gone' : 'closed by hand';
    const step = { kind: 'leave', ticketId: known.id, number: known.number, reason } as const;
    const ticket = describeFix(fix, sightings.length === 0 ? record.sightings : sightings, names);
    tickets.push({ step, correlationId, fixId, fix, ticket, contentHash, sightings, kept });
  }
  return { tickets, unanswered };
}
