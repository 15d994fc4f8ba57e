/** Where time comes from; handed in, so that the same input gives the same output in tests. */
export interface Clock {
  now(): Date;
}

/** The machine's clock. */
export const systemClock: Clock = { now: () => new Date() };

/** The calendar day of a moment in UTC, `YYYY-MM-DD`. */
export function utcDay(moment: Date): string {
  return moment.toISOString().slice(0, 10);
}

/**
 * Milliseconds since a moment, which an earlier process may have set: by the clock until now, and from now on by one that nobody sets back.
 */
export function createStopwatch(clock: Clock, since: Date): () => number {
  const beforeMs = Math.max(0, clock.now().getTime() - since.getTime());
  const begun = performance.now();
  return () => Math.round(beforeMs + performance.now() - begun);
}
