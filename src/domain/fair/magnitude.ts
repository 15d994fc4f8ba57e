/** How much one event costs, USD. */
export interface Magnitude {
  readonly distribution: 'lognormal' | 'pert';
  /** Lognormal: its 5th percentile. PERT: the least that an event costs. */
  readonly low: number;
  /** Lognormal: its 95th percentile. PERT: the most that an event costs. */
  readonly high: number;
  /** PERT: the likeliest; null: the geometric mean of the two, the middle of their orders of magnitude. The lognormal has none. */
  readonly mode: number | null;
}

/** FAIR's secondary loss: what others do because of an event (fines, claims, customers who leave). */
export interface SecondaryLoss {
  /** Share of the events that it follows on, 0 to 1. */
  readonly probability: number;
  readonly magnitude: Magnitude;
}

/** What one event costs: always the primary loss, and sometimes a secondary one beside it. */
export interface EventLoss {
  readonly primary: Magnitude;
  readonly secondary: SecondaryLoss | null;
}

/** Least and greatest amount that is taken for a loss of one event, USD: a cent, and ten times what the world produces in a year. */
export const LOSS_BOUNDS = { least: 0.01, most: 1e15 } as const;
