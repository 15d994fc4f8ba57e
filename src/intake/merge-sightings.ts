import type { Component, Host, Sighting, SightingEvidence, VexStatement } from '../domain/finding/sighting.ts';
import { componentKey } from '../domain/finding/subject.ts';
import type { OnConflict } from './conflicts.ts';

/** Evidence that one finding keeps; what a tool repeats a thousand times is not stronger for it. */
const MOST_EVIDENCE = 50;

/** Sightings of the same vulnerability in the same component on the same host as one, with all their evidence, in the order of the first. */
export function mergeSightings(sightings: readonly Sighting[], onConflict: OnConflict = () => undefined): Sighting[] {
  const merged = new Map<string, Sighting>();
  for (const sighting of sightings) {
    const key = keyOf(sighting);
    const known = merged.get(key);
    merged.set(key, known === undefined ? sighting : mergeTwo(known, sighting, onConflict));
  }
  const sighted = new Set<string>();
  for (const { vulnerabilityId, evidence } of merged.values()) if (evidence.length > 0) sighted.add(vulnerabilityId);
  // An id that was typed says no more where a report has it, too.
  return [...merged.values()].filter(
    ({ vulnerabilityId, evidence }) => evidence.length > 0 || !sighted.has(vulnerabilityId),
  );
}

function keyOf({ vulnerabilityId, host, application, component }: Sighting): string {
  return JSON.stringify([vulnerabilityId, hostKey(host), application, componentKey(component)]);
}

function hostKey(host: Host | null): string | null {
  return host === null ? null : ((host.hostname ?? host.ip)?.toLowerCase() ?? null);
}

/** Two sightings of the same as one; what the first leaves open is as the second has it. */
export function mergeTwo(first: Sighting, second: Sighting, onConflict: OnConflict): Sighting {
  const { undecided: _, ...rest } = first;
  return {
    ...rest,
    aliases: [...new Set([...first.aliases, ...second.aliases])],
    component: mergeComponents(first.component, second.component),
    evidence: mergeEvidence(first.evidence, second.evidence),
    vex: settle(first, second, onConflict),
    reported: first.reported ?? second.reported,
    isStatement: first.isStatement && second.isStatement,
    ...stillUndecided(first, second),
    ...exceptionOf(first, second),
  };
}

function mergeComponents(first: Component | null, second: Component | null): Component | null {
  if (first === null || second === null) return first ?? second;
  return {
    purl: first.purl ?? second.purl,
    cpe: first.cpe ?? second.cpe,
    name: first.name ?? second.name,
    installedVersion: first.installedVersion ?? second.installedVersion,
    fixedVersion: first.fixedVersion ?? second.fixedVersion,
  };
}

/** Evidence of both, each piece once, bounded. */
export function mergeEvidence(
  first: readonly SightingEvidence[],
  second: readonly SightingEvidence[],
): SightingEvidence[] {
  const all = new Map([...first, ...second].map((one) => [JSON.stringify(one), one]));
  return [...all.values()].slice(0, MOST_EVIDENCE);
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
