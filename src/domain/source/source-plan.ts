import type { SourceName } from './lookup.ts';

/** What asking a source takes, at the least. */
export interface RequestPlan {
  readonly requests: number;
  /** Requests under way at the same time, at most. */
  readonly atOnce: number;
  /** What the source's rate limit makes wait, milliseconds, where nothing of its allowance is spent yet. */
  readonly leastWaitMs: number;
}

/** Where the answers about the CVEs of an assessment come from: each CVE is counted once. */
export interface SourcePlan extends RequestPlan {
  readonly source: SourceName;
  /** From the mirror, or from the bundled snapshot where nothing may be asked. */
  readonly local: number;
  readonly cache: number;
  /** CVEs that the source is asked for over the network. */
  readonly network: number;
  /** CVEs that are not at hand, and that nobody may be asked for. */
  readonly unknown: number;
}

/** The plan of a source that is read whole, with one request, unless the copy at hand will do. */
export function planCatalogue(source: SourceName, cves: number, isAtHand: boolean, unknown = 0): SourcePlan {
  return isAtHand
    ? { source, local: cves - unknown, cache: 0, network: 0, unknown, requests: 0, atOnce: 0, leastWaitMs: 0 }
    : { source, local: 0, cache: 0, network: cves, unknown: 0, requests: 1, atOnce: 1, leastWaitMs: 0 };
}

/** Plans the requests for so many CVEs; `lanes` are the accounts whose rolling windows they are counted in. */
export function planRequests(
  cves: number,
  {
    idsARequest,
    atOnce,
    lanes,
  }: {
    readonly idsARequest: number;
    readonly atOnce: number;
    readonly lanes: readonly { readonly requests: number; readonly windowMs: number }[];
  },
): RequestPlan {
  const requests = Math.ceil(cves / idsARequest);
  const allowance = lanes.reduce((sum, lane) => sum + lane.requests, 0);
  const windowMs = Math.max(0, ...lanes.map((lane) => lane.windowMs));
  const fullWindows = requests === 0 || allowance === 0 ? 0 : Math.floor((requests - 1) / allowance);
  return { requests, atOnce: Math.min(requests, atOnce), leastWaitMs: fullWindows * windowMs };
}
