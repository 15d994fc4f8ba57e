import type { Finding } from '../../domain/assessment/finding-schema.ts';
import type { NotLookedUp } from '../../domain/assessment/intake-record.ts';
import { bareName } from '../../domain/ticket/bare-name.ts';
import { type Fix, fixOf, isFickle } from '../../domain/ticket/fix.ts';
import { parseRecordPlace, type RecordName } from '../../domain/ticket/record-place.ts';
import {
  type FixSighting,
  isLivedWith,
  joinSightings,
  namesOf,
  placesOf,
  sightingKey,
  toSighting,
} from '../../domain/ticket/sighting.ts';
import { addTo } from '../../kernel/group-by.ts';
import type { AssessmentStore, StoredAssessment } from '../../ports/assessment-store.ts';
import type { TicketRecord } from '../../ports/ticket-ledger.ts';
import { toEarlierFixId, toFixId } from './fix-id.ts';
import type { WhyStanding } from './read-origins.ts';

/** A fix and what it mends, by what tells one sighting from another. */
export interface CollectedFix {
  readonly fix: Fix;
  readonly sightings: Map<string, FixSighting>;
}

/** What tells which vulnerability a sighting is of. */
type Named = Pick<FixSighting, 'vulnerabilityId' | 'assetId' | 'aliases'>;

/** What an assessment says of fixes: what is wanted, and what can be told of what is not there any more. */
export interface CollectedFixes {
  readonly fixes: ReadonlyMap<string, CollectedFix>;
  /** Why a sighting of a fix that this assessment does not have is not gone, in a few words; null: it is gone. */
  whyKept(fixId: string, sighting: FixSighting): string | null;
  /** The id that a sighting's vulnerability has in this assessment, where it is in the fix under another one; else its own. */
  currentId(fixId: string, sighting: Named): string;
  /** Ids that the tickets of fixes had under earlier rules, by which they have now. */
  readonly earlierIds: ReadonlyMap<string, string>;
  /** Whether a place was looked at for a fix. */
  isLooked(fixId: string, place: string): boolean;
}

/**
 * Reads the findings of an assessment once. `records` keep a finding with the ticket that it was in, where only a source's silence would move it. `readRecords` asks for the
 * records of work that what is not there came from.
 */
export async function collectFixes(
  store: Pick<AssessmentStore, 'readFindings'>,
  { id, createdAt, request, intakeGaps, lookedAt = [], notLookedUp = [] }: StoredAssessment,
  records: readonly TicketRecord[],
  readRecords: (names: readonly RecordName[]) => Promise<WhyStanding>,
): Promise<CollectedFixes> {
  const fixes = new Map<string, CollectedFix>();
  const looked = createLooked(createdAt, intakeGaps.length === 0, createOpaque(notLookedUp, records));
  for (const place of lookedAt) looked.places.add(place);
  const keepers = keepersOf(records);
  const names = createNames();
  const earlierIds = new Map<string, string>();
  for await (const finding of store.readFindings(id)) {
    const places = placesOf(finding, request.targets);
    for (const place of places) looked.places.add(place);
    const sighting = toSighting(finding, places, createdAt);
    const usual = fixOf(finding);
    if (sighting === null) {
      looked.note(finding, toFixId(usual));
      continue;
    }
    const fix = isFickle(usual) ? keepers.keep(usual, sighting, finding.aliases ?? []) : usual;
    const fixId = toFixId(fix);
    if (toEarlierFixId(fix) !== fixId) earlierIds.set(toEarlierFixId(fix), fixId);
    names.add(fixId, finding);
    add(fixes, fix, sightingKey(sighting), sighting);
  }
  const whyStanding = await readRecords(recordsToRead(records, fixes, names.currentId, looked.places));
  return {
    fixes,
    earlierIds,
    currentId: names.currentId,
    isLooked: looked.isLooked,
    whyKept: (fixId, sighting) => looked.whyKept(fixId, sighting, whyStanding),
  };
}

/** The records of work that something came from which has a ticket and is not there now. */
function recordsToRead(
  records: readonly TicketRecord[],
  fixes: CollectedFixes['fixes'],
  currentId: CollectedFixes['currentId'],
  looked: ReadonlySet<string>,
): readonly RecordName[] {
  const places = records
    .filter(({ goneAt }) => goneAt === null)
    .flatMap(({ fix, sightings }) => {
      const fixId = toFixId(fix);
      const isFound = (one: FixSighting) =>
        fixes.get(fixId)?.sightings.has(sightingKey({ ...one, vulnerabilityId: currentId(fixId, one) })) === true;
      const lost = sightings.filter((sighting) => !isFound(sighting));
      return lost.flatMap((sighting) => sighting.places.filter((place) => !looked.has(place)));
    });
  return [...new Set(places)].flatMap((place) => parseRecordPlace(place) ?? []);
}

function add(fixes: Map<string, CollectedFix>, fix: Fix, key: string, sighting: FixSighting): void {
  const fixId = toFixId(fix);
  const collected = fixes.get(fixId) ?? { fix, sightings: new Map() };
  const before = collected.sightings.get(key);
  collected.sightings.set(key, before === undefined ? sighting : joinSightings(before, sighting));
  fixes.set(fixId, collected);
}

/** A vulnerability that was known by the id of an advisory may have a CVE id later, or the other way round: it is the same one. */
function createNames() {
  const names = new Map<string, string>();
  const own = new Set<string>();
  const keyOf = (fixId: string, vulnerabilityId: string, assetId: string | null) =>
    `${fixId} ${sightingKey({ vulnerabilityId, assetId })}`;
  return {
    add(fixId: string, { vulnerabilityId, aliases = [], asset }: Finding): void {
      for (const alias of aliases) {
        const key = keyOf(fixId, alias, asset?.id ?? null);
        const before = names.get(key);
        if (before === undefined || vulnerabilityId < before) names.set(key, vulnerabilityId);
      }
      own.add(keyOf(fixId, vulnerabilityId, asset?.id ?? null));
    },
    currentId(fixId: string, { vulnerabilityId, assetId, aliases = [] }: Named): string {
      const key = keyOf(fixId, vulnerabilityId, assetId);
      if (own.has(key)) return vulnerabilityId;
      // The source that told its other ids may be silent now.
      const alias = aliases.find((id) => own.has(keyOf(fixId, id, assetId)));
      return names.get(key) ?? alias ?? vulnerabilityId;
    },
  };
}

/**
 * Keeps a finding with the open ticket that it is in, else with the one that there is for its vulnerability: the source that tells what a vulnerability is in may have
 * told it later.
 */
function keepersOf(records: readonly TicketRecord[]) {
  const bySighting = new Map<string, Fix>();
  const byVulnerability = new Map<string, Fix[]>();
  for (const { fix, goneAt, sightings } of records) {
    if (goneAt !== null || !isFickle(fix)) continue;
    for (const sighting of sightings) {
      for (const vulnerabilityId of namesOf(sighting)) {
        bySighting.set(sightingKey({ ...sighting, vulnerabilityId }), fix);
        addTo(byVulnerability, vulnerabilityId, fix);
      }
    }
  }
  return {
    keep(usual: Fix, { vulnerabilityId, assetId }: FixSighting, aliases: readonly string[]): Fix {
      const ids = [vulnerabilityId, ...aliases];
      const own = ids.map((id) => bySighting.get(sightingKey({ vulnerabilityId: id, assetId })));
      const first = own.find((fix) => fix !== undefined);
      if (first !== undefined) return first;
      const same = ids.flatMap((id) => byVulnerability.get(id) ?? []);
      const usualId = toFixId(usual);
      return same.find((fix) => toFixId(fix) === usualId) ?? same[0] ?? usual;
    },
  };
}

/** Tells where a fix's component, or another one of its name, could not be looked up. */
function createOpaque(notLookedUp: readonly NotLookedUp[], records: readonly TicketRecord[]) {
  const components = new Map(
    records.flatMap(({ fix }) => ('component' in fix ? [[toFixId(fix), bareName(fix.component)] as const] : [])),
  );
  const places = new Map(notLookedUp.map(({ place, names }) => [place, names === null ? null : new Set(names)]));
  return (fixId: string, place: string): boolean => {
    const [component, names] = [components.get(fixId), places.get(place)];
    return component !== undefined && names !== undefined && (names === null || names.has(component));
  };
}

/** What was looked at, and what was said to be no vulnerability. */
function createLooked(createdAt: string, isComplete: boolean, isOpaque: (fixId: string, place: string) => boolean) {
  const places = new Set<string>();
  const cleared = new Set<string>();
  const withdrawn = new Set<string>();
  const undecided = new Set<string>();
  return {
    places,
    isLooked: (fixId: string, place: string) => places.has(place) && !isOpaque(fixId, place),
    note(finding: Finding, fixId: string): void {
      const assetId = finding.asset?.id ?? null;
      const isCleared = finding.vex?.status === 'not_affected' || finding.vex?.status === 'fixed';
      for (const vulnerabilityId of [finding.vulnerabilityId, ...(finding.aliases ?? [])]) {
        const key = sightingKey({ vulnerabilityId, assetId });
        if (finding.status === 'rejected') withdrawn.add(vulnerabilityId);
        // It may be back as soon as its source answers; a risk that was accepted is no longer asked for.
        else if (isCleared || isLivedWith(finding)) cleared.add(`${fixId} ${key}`);
        else undecided.add(key);
      }
    },
    whyKept(fixId: string, sighting: FixSighting, whyStanding: WhyStanding): string | null {
      const key = sightingKey(sighting);
      if (sighting.seenAt > createdAt) return 'a later assessment has seen it';
      if (undecided.has(key)) return 'it could not be decided';
      if (withdrawn.has(sighting.vulnerabilityId) || cleared.has(`${fixId} ${key}`)) return null;
      if (sighting.places.length === 0) return 'it came by a pipe, or in a list too long to know again';
      const reasons = sighting.places.map((place) => {
        if (isOpaque(fixId, place)) return 'its component stands there without a version';
        // What could not be read may hold it.
        if (places.has(place)) return isComplete ? null : 'what was handed in has gaps';
        const record = parseRecordPlace(place);
        return record === null ? 'it was not looked for again' : whyStanding(record, sighting.vulnerabilityId);
      });
      return reasons.find((reason) => reason !== null) ?? null;
    },
  };
}
