import type { RateLimitLane } from './http-client.ts';

/** A start in a lane, or how long it takes until there is one. */
export type WindowTurn =
  | { readonly kind: 'granted'; readonly lane: RateLimitLane }
  | { readonly kind: 'full'; readonly waitMs: number };

/** The rolling windows of accounts that several processes and machines share. */
export interface SharedWindows {
  /**
   * Takes a start in the lane that has the most of its allowance left, of all that are offered; null where nothing is shared, or what
   * is shared cannot be reached: each process then counts for itself.
   */
  take(lanes: readonly RateLimitLane[]): Promise<WindowTurn | null>;
  /** Makes a lane rest for everybody, milliseconds. */
  rest(lane: RateLimitLane, milliseconds: number): Promise<void>;
}
