import type { HttpRequest, RateLimitLane } from '../../ports/http-client.ts';
import type { Metrics } from '../../ports/metrics.ts';
import type { SharedWindows } from '../../ports/shared-windows.ts';
import { type AttemptTools, attempt } from './attempt.ts';
import { createLaneQueues } from './lane-queues.ts';
import { outcomeOf } from './outcome-of.ts';
import { type Parsed, type Parser, parseAttempt } from './parse-attempt.ts';
import type { SourceBudget } from './source-budget.ts';

/** A request on its way: where it goes, and what ends it. */
export interface Errand {
  readonly request: HttpRequest;
  readonly url: URL;
  readonly secretHeaders: Readonly<Record<string, string>>;
  readonly budget: SourceBudget;
  /** Aborts with the run, at the end of the budget, and at the end of a bulk request's time. */
  readonly signal: AbortSignal;
}

/** What trying an errand depends on. */
export interface ErrandTools {
  readonly timeoutMs: number;
  readonly now: () => number;
  readonly windows: SharedWindows | null;
  readonly toolsFor: (request: HttpRequest) => AttemptTools;
  /** Told of each try: how it ended, and how long it took once it had its turn. */
  readonly onTried: Metrics['sourceRequest'];
}

/** Creates the single try: its turn in the rate limit, the request, and what the budget learns from it. */
export function createTryErrand({ timeoutMs, now, windows, toolsFor, onTried }: ErrandTools) {
  const laneQueues = createLaneQueues(windows, now);

  /** Waits for the rate limit, which does not use up the budget of a healthy source; brings the account. */
  async function takeLane({ request, budget, signal }: Errand): Promise<RateLimitLane | null> {
    budget.end();
    try {
      return await laneQueues.take(request.lanes ?? [], signal, request.call.onWait);
    } finally {
      budget.begin();
    }
  }

  /** What a try says of its account; where another one can go on, the next try need not wait. */
  function judgeLane<Body>(request: HttpRequest, lane: RateLimitLane, result: Parsed<Body>): Parsed<Body> {
    if (result.ok) {
      laneQueues.served(lane);
      return result;
    }
    const lanes = request.lanes ?? [];
    const { status, header } = result.failure;
    if (status !== null && request.refusesAccount?.(status, header) === true) {
      if (!laneQueues.exclude(lane, lanes)) return result;
      return { ...result, retryAfterMs: 0, maxTries: Number.POSITIVE_INFINITY };
    }
    // What answers the question says nothing of how fast it was asked.
    if (result.isAnswer || (status !== 403 && status !== 429)) return result;
    return laneQueues.refused(lane, lanes, result.retryAfterMs) ? { ...result, retryAfterMs: 0 } : result;
  }

  /** Throws only where the errand's signal aborts. */
  return async function tryErrand<Body>(errand: Errand, parse: Parser<Body>): Promise<Parsed<Body>> {
    const { request, url, budget, signal } = errand;
    const lane = await takeLane(errand);
    const target = { method: methodOf(request), url, secretHeaders: { ...errand.secretHeaders, ...lane?.headers } };
    const sentAt = now();
    const failing = failingSince(budget, now);
    const limits = { timeoutMs, signal, onArrival: failing.setBack };
    const tried = parseAttempt(await attempt(request, target, limits, toolsFor(request)), target, parse);
    onTried({ source: request.source, outcome: outcomeOf(tried), seconds: (now() - sentAt) / 1000 });
    const result = lane === null ? tried : judgeLane(request, lane, tried);
    if (result.ok || result.isAnswer) budget.succeeded();
    else budget.failed(failing.since(), result.what);
    return result;
  };
}

/** What a request does. */
export function methodOf({ send }: HttpRequest): string {
  return send?.method ?? 'GET';
}

/** Since when a try brings nothing: its start, or the last arrival of a bulk answer, which costs the budget no time. */
function failingSince(budget: SourceBudget, now: () => number): { since(): number; setBack(): void } {
  let since = now();
  let remainingMs: number | null = null;
  return {
    since: () => since,
    setBack() {
      since = now();
      remainingMs ??= budget.remainingMs();
      budget.restore(remainingMs);
    },
  };
}
