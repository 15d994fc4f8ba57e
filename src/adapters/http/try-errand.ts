import type { HttpRequest } from '../../ports/http-client.ts';
import { type AttemptTools, attempt } from './attempt.ts';
import { createLaneQueues } from './lane-queues.ts';
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
  readonly toolsFor: (request: HttpRequest) => AttemptTools;
}

/** Creates the single try: its turn in the rate limit, the request, and what the budget learns from it. */
export function createTryErrand({ timeoutMs, now, toolsFor }: ErrandTools) {
  const laneQueues = createLaneQueues();

  /** Waits for the rate limit, which does not use up the budget of a healthy source; brings the headers of the account. */
  async function takeLane({ request, budget, signal }: Errand): Promise<Readonly<Record<string, string>>> {
    budget.end();
    try {
      const lane = await laneQueues.take(request.lanes ?? [], signal, request.call.onWait);
      return lane?.headers ?? {};
    } finally {
      budget.begin();
    }
  }

  /** Throws only where the errand's signal aborts. */
  return async function tryErrand<Body>(errand: Errand, parse: Parser<Body>): Promise<Parsed<Body>> {
    const { request, url, budget, signal } = errand;
    const target = { url, secretHeaders: { ...errand.secretHeaders, ...(await takeLane(errand)) } };
    const failing = failingSince(budget, now);
    const limits = { timeoutMs, signal, onArrival: failing.setBack };
    const result = parseAttempt(await attempt(request, target, limits, toolsFor(request)), target, parse);
    if (result.ok || result.isAnswer) budget.succeeded();
    else budget.failed(failing.since(), result.what);
    return result;
  };
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
