import { parseCveId } from '../domain/cve/cve-id.ts';
import type { Host, Sighting, VexStatement } from '../domain/finding/sighting.ts';
import { componentKey } from '../domain/finding/subject.ts';
import type { OnConflict } from './conflicts.ts';
import { createEvidenceTally, type EvidenceTally, joinEvidence, type SeenEvidence } from './evidence-tally.ts';
import { joinComponents } from './join-components.ts';
import { joinReported } from './reported.ts';

/** Sightings that come one by one, the same vulnerability in the same component on the same host as one. */
export interface SightingMerger {
  add(sighting: Sighting): void;
  /** In the order of the first of each. Each is let go of as it is taken, so that of hundreds of thousands no second copy has to be held: once. */
  take(): Generator<Sighting>;
}

interface Group {
  sighting: Sighting;
  /** Of several sightings. */
  tally: EvidenceTally | null;
}

/** Merges sightings as they come, with all their evidence; `keyOf` tells which are the same. */
export function createMerger(
  onConflict: OnConflict = () => undefined,
  keyOf: (sighting: Sighting) => string = keyOfSighting,
): SightingMerger {
  const groups = new Map<string, Group>();
  return {
    add(sighting) {
      const key = keyOf(sighting);
      const known = groups.get(key);
      if (known === undefined) {
        groups.set(key, { sighting, tally: null });
        return;
      }
      if (known.tally === null) {
        known.tally = createEvidenceTally();
        known.tally.add(known.sighting);
      }
      known.tally.add(sighting);
      known.sighting = joinFields(known.sighting, sighting, onConflict);
    },
    *take() {
      for (const [key, { sighting, tally }] of groups) {
        groups.delete(key);
        yield tally === null ? sighting : withEvidence(sighting, tally.seen());
      }
    },
  };
}

/**
 * Merges what one report lists: what differs in its VEX statement stays apart, because whether a statement counts is decided when all is read.
 */
export function createReportMerger(): SightingMerger {
  return createMerger(undefined, (sighting) =>
    sighting.vex === null ? keyOfSighting(sighting) : keyOfSighting(sighting) + JSON.stringify(sighting.vex),
  );
}

/** Sightings of the same vulnerability in the same component on the same host as one, with all their evidence, in the order of the first. */
export function mergeSightings(sightings: readonly Sighting[], onConflict: OnConflict = () => undefined): Sighting[] {
  const merger = createMerger(onConflict);
  for (const sighting of sightings) merger.add(sighting);
  const merged = [...merger.take()];
  const sighted = new Set<string>();
  for (const { vulnerabilityId, evidence } of merged) if (evidence.length > 0) sighted.add(vulnerabilityId);
  // An id that was typed says no more where a report has it, too.
  return merged.filter(({ vulnerabilityId, evidence }) => evidence.length > 0 || !sighted.has(vulnerabilityId));
}

function keyOfSighting({ vulnerabilityId, host, application, component, isStatement }: Sighting): string {
  // What a statement names must be so: it is another product with another qualifier.
  const about = isStatement ? (component?.purl ?? componentKey(component)) : componentKey(component);
  return JSON.stringify([vulnerabilityId, hostKey(host), application, about]);
}

function hostKey(host: Host | null): string | null {
  return host === null ? null : ((host.hostname ?? host.ip)?.toLowerCase() ?? null);
}

/** Two sightings of the same as one; what the first leaves open is as the second has it. */
export function mergeTwo(first: Sighting, second: Sighting, onConflict: OnConflict): Sighting {
  return withEvidence(joinFields(first, second, onConflict), joinEvidence(first, second));
}

function withEvidence(sighting: Sighting, { evidence, moreEvidence }: SeenEvidence): Sighting {
  return { ...sighting, evidence, ...(moreEvidence === undefined ? {} : { moreEvidence }) };
}

/** All but the evidence, which stays the first's. */
function joinFields(first: Sighting, second: Sighting, onConflict: OnConflict): Sighting {
  const { undecided: _, ...rest } = first;
  return {
    ...rest,
    aliases: joinAliases(first.aliases, second.aliases),
    component: joinComponents(first.component, second.component),
    vex: settle(first, second, onConflict),
    isStatement: first.isStatement && second.isStatement,
    ...joinSaid(first, second),
    ...stillUndecided(first, second),
    ...exceptionOf(first, second),
  };
}

type Registered = Pick<Sighting, 'vulnerabilityId' | 'register' | 'reported'>;

/**
 * What two say of one vulnerability, and its register. A CVE that a tool has found stands though a record of it was taken back, and that record says nothing; of another id
 * the record has the word.
 */
export function joinSaid(first: Registered, second: Registered): Pick<Sighting, 'register' | 'reported'> {
  const reported = joinReported(first.reported, second.reported);
  if (first.register === second.register) return { register: first.register, reported };
  const standing = [first, second].filter(({ register }) => register !== 'withdrawn');
  if (standing.length === 2) return { register: 'unread', reported };
  if (!parseCveId(first.vulnerabilityId).ok) return { register: 'withdrawn', reported };
  return { register: 'unread', reported: standing[0]?.reported ?? null };
}

export function joinAliases(first: readonly string[], second: readonly string[]): readonly string[] {
  return second.every((alias) => first.includes(alias)) ? first : [...new Set([...first, ...second])];
}

/** From what leaves most to do; of statements that are equally late, the one that leaves more holds. */
const TO_DO: readonly VexStatement['status'][] = ['affected', 'under_investigation', 'fixed', 'not_affected'];

function holdsOver(one: VexStatement, other: VexStatement): boolean {
  const [left, right] = [one, other].map(({ at }) => (at === null ? Number.NEGATIVE_INFINITY : Date.parse(at)));
  if (left !== right) return (left ?? 0) > (right ?? 0);
  return TO_DO.indexOf(one.status) <= TO_DO.indexOf(other.status);
}

/** The later statement holds; one without a date is earlier than any. */
function settle(first: Sighting, second: Sighting, onConflict: OnConflict): Sighting['vex'] {
  if (first.vex === null || second.vex === null) return first.vex ?? second.vex;
  const [holds, other] = holdsOver(first.vex, second.vex) ? [first.vex, second.vex] : [second.vex, first.vex];
  if (holds.status !== other.status) onConflict(first, holds, other);
  return holds;
}

/** Of two exceptions the one that holds longer. */
export function exceptionOf<Of extends Pick<Sighting, 'exception'>>(
  first: Of,
  second: Of,
): Pick<Sighting, 'exception'> {
  const [one, other] = [first.exception ?? second.exception, second.exception ?? first.exception];
  if (one === undefined || other === undefined) return {};
  return { exception: (other.until ?? '') > (one.until ?? '') ? other : one };
}

/** Who has decided whether the component is affected has the word; a statement that it is looked into has not. */
function stillUndecided(first: Sighting, second: Sighting): Pick<Sighting, 'undecided'> {
  const isOpen = ({ undecided, isStatement, vex }: Sighting) =>
    typeof undecided === 'string' || (isStatement && vex?.status === 'under_investigation');
  const reason = first.undecided ?? second.undecided ?? null;
  return reason !== null && isOpen(first) && isOpen(second) ? { undecided: reason } : {};
}
