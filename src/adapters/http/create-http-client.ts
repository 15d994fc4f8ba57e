import { setMaxListeners } from 'node:events';
import type { SourceName } from '../../domain/source/lookup.ts';
import type { Clock } from '../../kernel/clock.ts';
import { type Result, success } from '../../kernel/result.ts';
import type {
  HttpClient,
  HttpFailure,
  HttpOutcome,
  HttpRequest,
  RateLimitLane,
  SourceLog,
} from '../../ports/http-client.ts';
import { type Attempt, type AttemptTools, attempt, type FailedAttempt, failureMaker, type Target } from './attempt.ts';
import { type JsonFailure, parseJson } from './body.ts';
import { splitCredentials } from './exchange.ts';
import { joinSignals } from './join-signals.ts';
import { pause } from './pause.ts';
import { createRateLimiter } from './rate-limiter.ts';
import { decideRetry, type RetryDecision } from './retry-decision.ts';
import { createSourceBudget, type SourceBudget } from './source-budget.ts';

/** What the HTTP client depends on and its limits. */
export interface HttpClientOptions {
  readonly clock: Clock;
  /** Such as `eras/0.1.0`. */
  readonly userAgent: string;
  /** Limit of one request, from connection to the end of the body (ERAS_HTTP_TIMEOUT_MS). */
  readonly timeoutMs: number;
  /** Limit of one run on a source that keeps failing (ERAS_SOURCE_BUDGET_MS). */
  readonly budgetMs: number;
  /** 0 to 1, for jitter. */
  readonly random?: () => number;
  readonly log?: SourceLog;
  readonly fetch?: typeof globalThis.fetch;
  /** Monotonic milliseconds. */
  readonly now?: () => number;
  /** Told of each request sent, redirects included. */
  readonly onRequest?: (source: SourceName) => void;
  /** First wait between tries; each further one is three times as long. */
  readonly backoffMs?: number;
}

// Four tries reach about seven seconds into an outage, within every budget that is worth setting.
const MAX_TRIES = 4;
// Garbage is rarely a glitch: mostly a wrong address or a login page.
const MAX_TRIES_OF_GARBAGE = 2;
const DEFAULT_BACKOFF_MS = 500;
// Waits for a rate limit from this length on are announced.
const NOTICEABLE_MS = 1000;

type Parser<Body> = (bytes: Uint8Array) => Result<Body, JsonFailure>;
type Parsed<Body> = { readonly ok: true; readonly status: number; readonly body: Body } | FailedAttempt;

/** Creates the one way to the network: time limits, retries, rate limits, redirects, redaction. One a process. */
export function createHttpClient(options: HttpClientOptions): HttpClient {
  const now = options.now ?? (() => performance.now());
  const random = options.random ?? Math.random;
  const backoffMs = options.backoffMs ?? DEFAULT_BACKOFF_MS;
  const limiter = createRateLimiter(now);
  const budgetOf = createBudgetBook(options.budgetMs, now);

  async function get<Body>(request: HttpRequest, parse: Parser<Body>): Promise<HttpOutcome<Body>> {
    request.call.signal.throwIfAborted();
    const parts = splitCredentials(request.url);
    if (parts === null) return notAUrl;
    const budget = budgetOf(request);
    for (let tries = 1; ; tries += 1) {
      const slot = await takeSlot(request, budget);
      if (slot === 'spent') return givenUp(parts.url, budget);
      const secretHeaders = { ...parts.secretHeaders, ...slot.headers };
      const result = await tryOnce(request, { url: parts.url, secretHeaders }, budget, parse);
      if (result.ok) return result;
      const remainingMs = budget.remainingMs();
      const decision = decideRetry(result, { tries, remainingMs, backoffMs, random: random() });
      if (decision.kind !== 'retry') return conclude(decision, result.failure, parts.url, budget);
      await waitCounted(budget, decision.waitMs, request.call.signal);
    }
  }

  /** Waits for the rate limit of the lane that is free first; 'spent' where the source is not to be asked any more. */
  async function takeSlot(
    request: HttpRequest,
    budget: SourceBudget,
  ): Promise<Pick<RateLimitLane, 'headers'> | 'spent'> {
    if (budget.spent.aborted) return 'spent';
    const choice = limiter.choose(request.lanes ?? []);
    if (choice === null) return { headers: {} };
    if (budget.keepsFailing() && choice.waitMs > budget.remainingMs()) return 'spent';
    if (choice.waitMs >= NOTICEABLE_MS) request.call.onWait?.(choice.waitMs);
    const { signal, release } = joinSignals([request.call.signal, budget.spent]);
    try {
      await limiter.take(choice.lane, signal);
      return choice.lane;
    } catch {
      request.call.signal.throwIfAborted();
      return 'spent';
    } finally {
      release();
    }
  }

  async function tryOnce<Body>(
    request: HttpRequest,
    target: Target,
    budget: SourceBudget,
    parse: Parser<Body>,
  ): Promise<Parsed<Body>> {
    budget.begin();
    const startedAt = now();
    try {
      const limits = { timeoutMs: Math.min(options.timeoutMs, budget.remainingMs()), spent: budget.spent };
      const result = read(await attempt(request, target, limits, toolsFor(request.source)), target, parse);
      if (result.ok || result.isAnswer) budget.succeeded();
      else {
        // What the end of the budget cut short says less than what used the budget up.
        const isCutShort = budget.spent.aborted || limits.timeoutMs < options.timeoutMs;
        budget.failed(startedAt, (isCutShort ? budget.lastReason : null) ?? result.what);
        options.log?.('a source failed', { source: request.source, reason: result.failure.reason });
      }
      return result;
    } finally {
      budget.end();
    }
  }

  function toolsFor(source: SourceName): AttemptTools {
    const { clock, userAgent, onRequest } = options;
    const fetch = options.fetch ?? globalThis.fetch;
    return { fetch, clock, userAgent, maxTries: MAX_TRIES, onSend: () => onRequest?.(source) };
  }

  return {
    getJson: (request) => get(request, parseJson),
    getBytes: (request) => get(request, (bytes) => success(bytes)),
  };
}

/** Budgets by run and source. A run is known by its signal; its budgets go when the signal is collected. */
function createBudgetBook(budgetMs: number, now: () => number): (request: HttpRequest) => SourceBudget {
  const budgets = new WeakMap<AbortSignal, Map<SourceName, SourceBudget>>();
  return ({ source, call }) => {
    const ofRun = budgets.get(call.signal) ?? new Map<SourceName, SourceBudget>();
    if (!budgets.has(call.signal)) {
      // Every request in flight of the run listens.
      setMaxListeners(0, call.signal);
      budgets.set(call.signal, ofRun);
    }
    const budget = ofRun.get(source) ?? createSourceBudget(budgetMs, now);
    ofRun.set(source, budget);
    return budget;
  };
}

function read<Body>(result: Attempt, target: Target, parse: Parser<Body>): Parsed<Body> {
  if (!result.ok) return result;
  const parsed = parse(result.body);
  if (parsed.ok) return { ok: true, status: result.status, body: parsed.value };
  const fail = failureMaker(target, MAX_TRIES);
  if (parsed.error === 'cut off') return fail({ what: 'the answer was cut off', status: result.status });
  return fail({ what: 'the answer is no JSON', status: result.status, maxTries: MAX_TRIES_OF_GARBAGE });
}

/** A wait between tries: it counts against the budget, and ends when that is spent. */
async function waitCounted(budget: SourceBudget, milliseconds: number, runSignal: AbortSignal): Promise<void> {
  const { signal, release } = joinSignals([runSignal, budget.spent]);
  budget.begin();
  try {
    await pause(milliseconds, signal);
  } catch {
    runSignal.throwIfAborted();
  } finally {
    budget.end();
    release();
  }
}

const notAUrl: HttpFailure = {
  ok: false,
  status: null,
  header: () => null,
  reason: 'the address of the source is no http(s) URL',
  retryable: false,
};

function conclude(
  decision: Exclude<RetryDecision, { kind: 'retry' }>,
  failure: HttpFailure,
  url: URL,
  budget: SourceBudget,
): HttpFailure {
  return decision.kind === 'stop' ? { ...failure, reason: decision.reason } : givenUp(url, budget);
}

function givenUp(url: URL, budget: SourceBudget): HttpFailure {
  const what = `the source keeps failing (${budget.lastReason ?? 'no answer'})`;
  return failureMaker({ url }, MAX_TRIES)({ what }).failure;
}
