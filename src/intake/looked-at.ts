import { type Sighting, toSighting } from '../domain/finding/sighting.ts';

/** Something that a report says was looked at, as a sighting of no vulnerability: it is put on assets as those are. */
export function toLookedAt(given: Pick<Sighting, 'evidence'> & Partial<Sighting>): Sighting {
  return toSighting({ vulnerabilityId: '', ...given });
}

/** Each once. */
export function distinctLookedAt(looked: readonly Sighting[]): Sighting[] {
  const keyOf = ({ host, application, evidence }: Sighting) =>
    JSON.stringify([host, application, evidence.map(({ file, tool, subject }) => [file, tool, subject])]);
  return [...new Map(looked.map((one) => [keyOf(one), one])).values()];
}
