import type { Host, Sighting, SightingEvidence } from '../domain/finding/sighting.ts';
import { componentKey } from '../domain/finding/subject.ts';

/** Evidence that one finding keeps; what a tool repeats a thousand times is not stronger for it. */
const MOST_EVIDENCE = 50;

/** Sightings of the same vulnerability in the same component on the same host as one, with all their evidence, in the order of the first. */
export function mergeSightings(sightings: readonly Sighting[]): Sighting[] {
  const merged = new Map<string, Sighting>();
  for (const sighting of sightings) {
    const key = keyOf(sighting);
    const known = merged.get(key);
    merged.set(key, known === undefined ? sighting : mergeTwo(known, sighting));
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

function mergeTwo({ undecided, ...first }: Sighting, second: Sighting): Sighting {
  // Who has decided it has the word.
  const isOpen = typeof undecided === 'string' && typeof second.undecided === 'string';
  return {
    ...first,
    aliases: [...new Set([...first.aliases, ...second.aliases])],
    component: first.component === null ? second.component : { ...first.component, ...fixOf(first, second) },
    evidence: mergeEvidence(first.evidence, second.evidence),
    vex: newer(first.vex, second.vex),
    reported: first.reported ?? second.reported,
    ...(isOpen ? { undecided } : {}),
  };
}

function fixOf(first: Sighting, second: Sighting) {
  return {
    installedVersion: first.component?.installedVersion ?? second.component?.installedVersion ?? null,
    fixedVersion: first.component?.fixedVersion ?? second.component?.fixedVersion ?? null,
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

/** The later statement holds; of two without dates, the second, which was handed in later. */
function newer(first: Sighting['vex'], second: Sighting['vex']): Sighting['vex'] {
  if (first === null || second === null) return first ?? second;
  return (first.at ?? '') > (second.at ?? '') ? first : second;
}
