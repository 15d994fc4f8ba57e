import type { SourceName } from '../../domain/source/lookup.ts';

const HOUR_MS = 3_600_000;

/** How long a mirror that was loaded whole answers for NVD without asking it: as long as an answer of NVD is kept in the response cache. */
export const NVD_LIFETIME_MS = 24 * HOUR_MS;

/** How long a catalogue that was loaded whole into the mirror is as good as a new one, milliseconds; EPSS is published once a day. */
export const CATALOGUE_LIFETIME_MS = {
  kev: 6 * HOUR_MS,
  epss: 12 * HOUR_MS,
  attack: 7 * 24 * HOUR_MS,
} as const satisfies Partial<Record<SourceName, number>>;

/** Whether something fetched at `fetchedAt` (ISO 8601) is younger than `lifetimeMs`. */
export function isFresh(fetchedAt: string, lifetimeMs: number, now: Date): boolean {
  const age = now.getTime() - Date.parse(fetchedAt);
  return age >= 0 && age < lifetimeMs;
}
