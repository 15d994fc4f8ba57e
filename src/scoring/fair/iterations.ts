/** Events that the simulations of a run draw together, about: some seconds of one processor. */
const EVENTS_OF_A_RUN = 100_000_000;
/** Fewer years say nothing of the worst 5 %; where each has very many events, years hardly differ, and fewer say it, too. */
const LEAST_YEARS = { usual: 250, ofMany: 100 } as const;
const VERY_MANY = 1000;

/**
 * Years to simulate: as many as are wanted, or what the share of one of `simulations` in the run's events holds where that is less. Depends on the
 * input alone.
 * @param rate events a year
 */
export function iterationsFor(wanted: number, rate: number, simulations: number): number {
  const eventsAYear = rate === 0 ? 1 : rate / -Math.expm1(-rate);
  const affordable = Math.floor(EVENTS_OF_A_RUN / Math.max(1, simulations) / eventsAYear);
  return Math.min(wanted, Math.max(rate < VERY_MANY ? LEAST_YEARS.usual : LEAST_YEARS.ofMany, affordable));
}

/** Making one takes longer than the simulation of a rare loss. */
const COUNT = new Intl.NumberFormat('en-US');

/** How much was simulated, and how that became less than was wanted. */
export function iterationsWords(iterations: number, wanted: number): string {
  const capped = iterations < wanted ? ', fewer than the usual because so many are simulated in this run' : '';
  return `${COUNT.format(iterations)} simulated years with at least one event${capped}; how many years have none is computed, not simulated`;
}
