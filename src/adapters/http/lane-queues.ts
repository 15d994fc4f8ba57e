import { setTimeout as pause } from 'node:timers/promises';
import PQueue from 'p-queue';
import type { RateLimitLane } from '../../ports/http-client.ts';
import type { SharedWindows } from '../../ports/shared-windows.ts';

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
  /** A lane was used well. */
  served(lane: RateLimitLane): void;
  /**
   * A lane was refused as used too fast: it rests, while others are used; after the second time in a row it is out. Returns whether
   * another one can go on at once.
   */
  refused(lane: RateLimitLane, lanes: readonly RateLimitLane[], restMs: number | null): boolean;
  /** A lane's account is not accepted: it is out. Returns whether another one can go on. */
  exclude(lane: RateLimitLane, lanes: readonly RateLimitLane[]): boolean;
}

interface LaneState {
  readonly queue: PQueue;
  /** Starts within the last window. The queue limits by its own count, which it does not tell; this one chooses lanes. */
  recent: number;
  /** Monotonic milliseconds. */
  restsUntil: number;
  refusals: number;
  isOut: boolean;
}

// So often in a row, and no window explains it.
const MOST_REFUSALS = 2;
// Those that wait for the same moment do not all come at once.
const SPREAD_MS = 25;
// Shorter waits are not announced.
const NOTICEABLE_MS = 1000;

/** A queue for each lane. It limits starts only: how long a request takes is nothing to it. */
export function createLaneQueues(
  windows: SharedWindows | null = null,
  now: () => number = () => performance.now(),
): LaneQueues {
  const states = new Map<string, LaneState>();

  function stateOf({ id, requests, windowMs }: RateLimitLane): LaneState {
    const state = states.get(id) ?? {
      queue: new PQueue({ intervalCap: requests, interval: windowMs, strict: true }),
      recent: 0,
      restsUntil: 0,
      refusals: 0,
      isOut: false,
    };
    states.set(id, state);
    return state;
  }

  function loadOf(lane: RateLimitLane): number {
    const { queue, recent } = stateOf(lane);
    return queue.size + recent;
  }

  const isResting = (lane: RateLimitLane) => stateOf(lane).restsUntil > now();
  /** Those that rest come last, and those that are out only where there is no other. */
  function usable(lanes: readonly RateLimitLane[]): readonly RateLimitLane[] {
    const accepted = lanes.filter((lane) => !stateOf(lane).isOut);
    return accepted.length === 0 ? lanes : accepted;
  }
  const hasAnother = (lane: RateLimitLane, lanes: readonly RateLimitLane[]) =>
    lanes.some((other) => other.id !== lane.id && !stateOf(other).isOut && !isResting(other));

  function leastLoaded(lanes: readonly RateLimitLane[]): RateLimitLane | undefined {
    const [lane] = lanes.toSorted(
      (a, b) => Number(isResting(a)) - Number(isResting(b)) || loadOf(a) / a.requests - loadOf(b) / b.requests,
    );
    return lane;
  }

  /** A lane in which the others that share its account have left a start; null where nothing is shared. */
  async function takeShared(
    shared: SharedWindows,
    lanes: readonly RateLimitLane[],
    signal: AbortSignal,
    onWait: ((milliseconds: number) => void) | undefined,
  ): Promise<RateLimitLane | null> {
    if (lanes.length === 0) return null;
    for (;;) {
      const turn = await shared.take(lanes);
      signal.throwIfAborted();
      if (turn === null) return null;
      if (turn.kind === 'granted') return turn.lane;
      if (turn.waitMs >= NOTICEABLE_MS) onWait?.(turn.waitMs);
      await pause(turn.waitMs + Math.random() * SPREAD_MS, undefined, { signal }).catch(() => signal.throwIfAborted());
    }
  }

  return {
    served(lane) {
      stateOf(lane).refusals = 0;
    },
    refused(lane, lanes, restMs) {
      const state = stateOf(lane);
      const milliseconds = restMs ?? lane.windowMs;
      state.restsUntil = now() + milliseconds;
      void windows?.rest(lane, milliseconds);
      state.refusals += 1;
      state.isOut ||= state.refusals >= MOST_REFUSALS;
      return hasAnother(lane, lanes);
    },
    exclude(lane, lanes) {
      stateOf(lane).isOut = true;
      return hasAnother(lane, lanes);
    },
    async take(lanes, signal, onWait) {
      const offered = usable(lanes);
      const shared = windows === null ? null : await takeShared(windows, offered, signal, onWait);
      const lane = shared ?? leastLoaded(offered);
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
