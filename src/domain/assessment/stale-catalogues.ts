import type { DataAsOf } from './schema.ts';

const DAY_MS = 86_400_000;
/** CISA adds to its catalogue several times a week, and FIRST computes EPSS each day: older ones lack what a decision hangs on. */
const STALE_DAYS = 7;

/** The catalogues whose facts were more than a week old at a moment (ISO 8601). What is of no known day is no old fact, but none. */
export function staleCatalogues(dataAsOf: DataAsOf, at: string): ('kev' | 'epss')[] {
  return (['kev', 'epss'] as const).filter((source) => {
    const asOf = dataAsOf[source].at;
    return asOf !== null && Date.parse(at) - Date.parse(asOf) > STALE_DAYS * DAY_MS;
  });
}
