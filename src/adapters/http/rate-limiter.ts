import type { RateLimitLane } from '../../ports/http-client.ts';

/** Hands out starts of requests so that no lane exceeds its rolling window. */
export interface RateLimiter {
  /** The lane, of those offered, that is free first (or has most left), and how long that takes (0: now). */
  choose(lanes: readonly RateLimitLane[]): { readonly lane: RateLimitLane; readonly waitMs: number } | null;
  /** Resolves when a request of the lane may start, in the order of asking; rejects with the signal's reason. */
  take(lane: RateLimitLane, signal: AbortSignal): Promise<void>;
}

interface LaneState {
  /** Starts granted that still count, oldest first. */
  readonly starts: number[];
  readonly waiting: (() => void)[];
  timer: NodeJS.Timeout | null;
}

/**
 * A rolling window for each lane: a start is granted when fewer than `requests` lie within the last `windowMs`. Written
 * here because the wait must be known beforehand (to tell people, to choose a key, to respect a budget) and because
 * a cancelled wait must not keep its place; throttling packages reserve the slot at once.
 */
export function createRateLimiter(now: () => number): RateLimiter {
  const states = new Map<string, LaneState>();

  function stateOf(lane: RateLimitLane): LaneState {
    const state = states.get(lane.id) ?? { starts: [], waiting: [], timer: null };
    states.set(lane.id, state);
    while (state.starts.length > 0 && now() - (state.starts[0] ?? 0) >= lane.windowMs) state.starts.shift();
    return state;
  }

  function waitOf(lane: RateLimitLane): number {
    const { starts, waiting } = stateOf(lane);
    const planned = [...starts];
    for (let ahead = 0; ahead <= waiting.length; ahead += 1) {
      planned.push(Math.max(now(), (planned[planned.length - lane.requests] ?? -lane.windowMs) + lane.windowMs));
    }
    return Math.max(0, (planned.at(-1) ?? 0) - now());
  }

  function grantDue(lane: RateLimitLane): void {
    const state = stateOf(lane);
    while (state.waiting.length > 0 && state.starts.length < lane.requests) {
      state.starts.push(now());
      state.waiting.shift()?.();
    }
    if (state.waiting.length === 0 || state.timer !== null) return;
    // Timers may fire up to a millisecond early.
    const delay = (state.starts[0] ?? 0) + lane.windowMs - now() + 1;
    state.timer = setTimeout(() => {
      state.timer = null;
      grantDue(lane);
    }, delay);
  }

  return {
    choose(lanes) {
      const [best] = lanes
        .map((lane) => ({ lane, waitMs: waitOf(lane), allowance: lane.requests - stateOf(lane).starts.length }))
        .toSorted((a, b) => a.waitMs - b.waitMs || b.allowance - a.allowance);
      return best ?? null;
    },
    take(lane, signal) {
      return new Promise((resolve, reject) => {
        if (signal.aborted) return reject(signal.reason);
        const { waiting } = stateOf(lane);
        const onGrant = () => {
          signal.removeEventListener('abort', onAbort);
          resolve();
        };
        const onAbort = () => {
          const state = stateOf(lane);
          state.waiting.splice(state.waiting.indexOf(onGrant), 1);
          if (state.waiting.length === 0 && state.timer !== null) {
            clearTimeout(state.timer);
            state.timer = null;
          }
          reject(signal.reason);
        };
        signal.addEventListener('abort', onAbort, { once: true });
        waiting.push(onGrant);
        grantDue(lane);
      });
    },
  };
}
