import { type Sighting, toSighting } from '../domain/finding/sighting.ts';

/** Something that a report says was looked at, as a sighting of no vulnerability: it is put on assets as those are. */
export function toLookedAt(given: Pick<Sighting, 'evidence'> & Partial<Sighting>): Sighting {
  return toSighting({ vulnerabilityId: '', ...given });
}

/** What tells one thing that was looked at from another. */
export function lookedAtKey({ host, application, evidence }: Sighting): string {
  return JSON.stringify([host, application, evidence.map(({ file, tool, subject }) => [file, tool, subject])]);
}

/** Each once. */
export function distinctLookedAt(looked: readonly Sighting[]): Sighting[] {
  return [...new Map(looked.map((one) => [lookedAtKey(one), one])).values()];
}
