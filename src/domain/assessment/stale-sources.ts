import type { DataAsOf } from './schema.ts';

const DAY_MS = 86_400_000;
/**
 * CISA adds to its catalogue several times a week, FIRST computes EPSS each day, NVD and CISA's ADP container gain scores and SSVC values as long as a
 * vulnerability is talked of: facts that are older lack what a decision hangs on. ATT&CK has two releases a year.
 */
const STALE_DAYS = 7;
const PERISHABLE = ['nvd', 'ssvc', 'kev', 'epss'] as const;

/** Sources whose facts were more than a week old at a moment (ISO 8601): of an old mirror, or of the snapshot. What is of no known day is no old fact, but none. */
export function staleSources(dataAsOf: DataAsOf, at: string): (typeof PERISHABLE)[number][] {
  return PERISHABLE.filter((source) => {
    const asOf = dataAsOf[source].at;
    return asOf !== null && Date.parse(at) - Date.parse(asOf) > STALE_DAYS * DAY_MS;
  });
}
