import type { HttpCounts } from '../../ports/assessment-store.ts';
import type { HttpPeer } from '../../ports/http-peer.ts';

/** Counts the requests of one run by whom they were sent to, until they are taken. */
export interface RequestCounter {
  readonly count: (peer: HttpPeer) => void;
  /** The requests since the last call. */
  take(): HttpCounts;
}

/** Creates a counter at zero. */
export function createRequestCounter(): RequestCounter {
  let counts: Partial<Record<HttpPeer, number>> = {};
  return {
    count(peer) {
      counts[peer] = (counts[peer] ?? 0) + 1;
    },
    take() {
      const taken = counts;
      counts = {};
      return taken;
    },
  };
}
