import { aliasesOf, type FixSighting, namesOf, sightingKey } from '../../domain/ticket/sighting.ts';
import type { PlannedTicket } from '../../domain/ticket/ticket-plan.ts';
import type { CollectedFixes } from './collect-fixes.ts';

/** What was known of before and is not gone, and what was found now; of the same thing, what was seen last. */
export function mergeSightings(
  fixId: string,
  known: readonly FixSighting[],
  found: ReadonlyMap<string, FixSighting>,
  { whyKept, isLooked, currentId }: CollectedFixes,
): Pick<PlannedTicket, 'sightings' | 'kept'> {
  const merged = new Map(found);
  const reasons: string[] = [];
  for (const recorded of known) {
    const vulnerabilityId = currentId(fixId, recorded);
    const before = { ...recorded, vulnerabilityId, ...aliasesOf(vulnerabilityId, namesOf(recorded)) };
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
      const places = [...now.places, ...before.places.filter((place) => !isLooked(fixId, place))];
      merged.set(key, {
        ...now,
        ...aliasesOf(now.vulnerabilityId, namesOf(now), namesOf(recorded)),
        places: [...new Set(places)].sort(),
      });
    }
  }
  return { sightings: [...merged.values()], kept: found.size > 0 ? null : (reasons[0] ?? null) };
}
