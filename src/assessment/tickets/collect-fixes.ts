import type { Finding } from '../../domain/assessment/finding-schema.ts';
import { type Fix, fixOf, isFickle } from '../../domain/ticket/fix.ts';
import {
  type FixSighting,
  isLivedWith,
  joinSightings,
  placesOf,
  sightingKey,
  toSighting,
} from '../../domain/ticket/sighting.ts';
import type { AssessmentStore, StoredAssessment } from '../../ports/assessment-store.ts';
import type { TicketRecord } from '../../ports/ticket-ledger.ts';
import { toFixId } from './fix-id.ts';

/** A fix and what it mends, by what tells one sighting from another. */
export interface CollectedFix {
  readonly fix: Fix;
  readonly sightings: Map<string, FixSighting>;
}

/** What an assessment says of fixes: what is wanted, and what can be told of what is not there any more. */
export interface CollectedFixes {
  readonly fixes: ReadonlyMap<string, CollectedFix>;
  /** Whether a sighting of a fix that this assessment does not have is gone, as opposed to not looked at. */
  isGone(fixId: string, sighting: FixSighting): boolean;
}

/** Reads the findings of an assessment once. `records` keep a finding with the ticket that it was in, where only a source's silence would move it. */
export async function collectFixes(
  store: Pick<AssessmentStore, 'readFindings'>,
  { id, createdAt, request, intakeGaps }: StoredAssessment,
  records: readonly TicketRecord[],
): Promise<CollectedFixes> {
  const fixes = new Map<string, CollectedFix>();
  const looked = createLooked(createdAt, intakeGaps.length === 0);
  const keepers = keepersOf(records);
  for await (const finding of store.readFindings(id)) {
    const places = placesOf(finding, request.targets);
    for (const place of places) looked.places.add(place);
    const sighting = toSighting(finding, places, createdAt);
    const usual = fixOf(finding);
    if (sighting === null) {
      looked.note(finding, toFixId(usual));
      continue;
    }
    const key = sightingKey(sighting);
    const fix = isFickle(usual) ? (keepers.get(key) ?? usual) : usual;
    add(fixes, fix, key, sighting);
  }
  return { fixes, isGone: looked.isGone };
}

function add(fixes: Map<string, CollectedFix>, fix: Fix, key: string, sighting: FixSighting): void {
  const fixId = toFixId(fix);
  const collected = fixes.get(fixId) ?? { fix, sightings: new Map() };
  const before = collected.sightings.get(key);
  collected.sightings.set(key, before === undefined ? sighting : joinSightings(before, sighting));
  fixes.set(fixId, collected);
}

/** The fix of an open record for each of its sightings. */
function keepersOf(records: readonly TicketRecord[]): ReadonlyMap<string, Fix> {
  return new Map(
    records
      .filter(({ fix, goneAt }) => goneAt === null && isFickle(fix))
      .flatMap(({ fix, sightings }) => sightings.map((sighting) => [sightingKey(sighting), fix] as const)),
  );
}

/** What was looked at, and what was said to be no vulnerability. */
function createLooked(createdAt: string, isComplete: boolean) {
  const places = new Set<string>();
  const cleared = new Set<string>();
  const withdrawn = new Set<string>();
  const undecided = new Set<string>();
  return {
    places,
    note(finding: Finding, fixId: string): void {
      const key = sightingKey({ vulnerabilityId: finding.vulnerabilityId, assetId: finding.asset?.id ?? null });
      if (finding.status === 'rejected') withdrawn.add(finding.vulnerabilityId);
      else if (finding.vex?.status === 'not_affected' || finding.vex?.status === 'fixed')
        cleared.add(`${fixId} ${key}`);
      // It may be back as soon as its source answers; a risk that was accepted is no longer asked for.
      else if (!isLivedWith(finding)) undecided.add(key);
      else cleared.add(`${fixId} ${key}`);
    },
    isGone(fixId: string, sighting: FixSighting): boolean {
      const key = sightingKey(sighting);
      if (sighting.seenAt > createdAt || undecided.has(key)) return false;
      if (withdrawn.has(sighting.vulnerabilityId) || cleared.has(`${fixId} ${key}`)) return true;
      // What could not be read may hold it.
      return isComplete && sighting.places.length > 0 && sighting.places.every((place) => places.has(place));
    },
  };
}
