import PQueue from 'p-queue';
import type { RateLimitLane } from '../../ports/http-client.ts';

/** Hands out starts of requests so that no lane exceeds its rolling window. */
export interface LaneQueues {
  /**
   * Waits for a start in the lane with the least to do of those offered, first come, first served; null where none is
   * offered. `onWait` is told at the most how long it takes. Rejects with the signal's reason; a wait cancelled so gives
   * its place to the next.
   */
  take(
    lanes: readonly RateLimitLane[],
    signal: AbortSignal,
    onWait?: (milliseconds: number) => void,
  ): Promise<RateLimitLane | null>;
}

interface LaneState {
  readonly queue: PQueue;
  /** Starts within the last window. The queue limits by its own count, which it does not tell; this one chooses lanes. */
  recent: number;
}

// Shorter waits are not announced.
const NOTICEABLE_MS = 1000;

/** A queue for each lane. It limits starts only: how long a request takes is nothing to it. */
export function createLaneQueues(): LaneQueues {
  const states = new Map<string, LaneState>();

  function stateOf({ id, requests, windowMs }: RateLimitLane): LaneState {
    const state = states.get(id) ?? {
      queue: new PQueue({ intervalCap: requests, interval: windowMs, strict: true }),
      recent: 0,
    };
    states.set(id, state);
    return state;
  }

  function loadOf(lane: RateLimitLane): number {
    const { queue, recent } = stateOf(lane);
    return queue.size + recent;
  }

  return {
    async take(lanes, signal, onWait) {
      const [lane] = lanes.toSorted((a, b) => loadOf(a) - loadOf(b));
      if (lane === undefined) return null;
      const state = stateOf(lane);
      const started = state.queue.add(() => countRecent(state, lane.windowMs), { signal });
      const waitMs = Math.ceil(state.queue.size / lane.requests) * lane.windowMs;
      if (waitMs >= NOTICEABLE_MS) onWait?.(waitMs);
      await started;
      return lane;
    },
  };
}

function countRecent(state: LaneState, windowMs: number): void {
  state.recent += 1;
  setTimeout(() => {
    state.recent -= 1;
  }, windowMs).unref();
}
