import type { Clock } from '../../kernel/clock.ts';
import { success } from '../../kernel/result.ts';
import type { HttpClient, HttpFailure, HttpOutcome, HttpRequest, SourceLog } from '../../ports/http-client.ts';
import type { SharedWindows } from '../../ports/shared-windows.ts';
import { NO_TELEMETRY, type Telemetry } from '../../ports/telemetry.ts';
import { failureMaker } from './attempt.ts';
import { parseJson } from './body.ts';
import { createBudgetBook } from './budget-book.ts';
import { splitCredentials } from './exchange.ts';
import { duration } from './failure-words.ts';
import type { Parser } from './parse-attempt.ts';
import type { SourceBudget } from './source-budget.ts';
import { traced } from './traced.ts';
import { createTryErrand, type Errand, methodOf } from './try-errand.ts';
import { withRetries } from './with-retries.ts';

/** What the HTTP client depends on and its limits. */
export interface HttpClientOptions {
  readonly clock: Clock;
  /** Such as `eras/0.1.0`. */
  readonly userAgent: string;
  /** Limit of one request, from connection to the end of the body; of the silences of a bulk one (ERAS_HTTP_TIMEOUT_MS). */
  readonly timeoutMs: number;
  /** Limit of one run on a source that keeps failing (ERAS_SOURCE_BUDGET_MS). */
  readonly budgetMs: number;
  readonly log?: SourceLog;
  /** Rate limits that other processes count in, too. */
  readonly windows?: SharedWindows | null;
  /** Monotonic milliseconds. */
  readonly now?: () => number;
  /** Where each try is measured and each request has its span. */
  readonly telemetry?: Telemetry;
  /** The first wait between tries is drawn between this and its double; each further one is three times as long. */
  readonly backoffMs?: number;
}

// Four tries reach three to seven seconds into an outage, within every budget that is worth setting.
const DEFAULT_ATTEMPTS = 4;
const DEFAULT_BACKOFF_MS = 250;

/** Creates the one way to the network: time limits, retries, rate limits, redirects, redaction. One a process. */
export function createHttpClient(options: HttpClientOptions): HttpClient {
  const { clock, userAgent, budgetMs, log, backoffMs = DEFAULT_BACKOFF_MS } = options;
  const { metrics, tracing } = options.telemetry ?? NO_TELEMETRY;
  const now = options.now ?? (() => performance.now());
  const budgetOf = createBudgetBook(budgetMs, now);
  const tryErrand = createTryErrand({
    timeoutMs: Math.min(options.timeoutMs, budgetMs),
    now,
    windows: options.windows ?? null,
    onTried: metrics.sourceRequest,
    toolsFor: ({ source, call }) => ({
      clock,
      userAgent,
      onSend: () => call.onRequest?.(source),
    }),
  });

  async function get<Body>(request: HttpRequest, parse: Parser<Body>): Promise<HttpOutcome<Body>> {
    request.call.signal.throwIfAborted();
    const parts = splitCredentials(request.url);
    if (parts === null) return notAUrl;
    const budget = budgetOf(request);
    const errand = { request, ...parts, budget, signal: endOf(request, budget) };
    budget.begin();
    try {
      return await withRetries(() => tryErrand(errand, parse), {
        attempts: request.attempts ?? DEFAULT_ATTEMPTS,
        backoffMs,
        remainingMs: budget.remainingMs,
        signal: errand.signal,
        onFailure: ({ reason }) => log?.('a source failed', { source: request.source, reason }),
      });
    } catch (thrown) {
      request.call.signal.throwIfAborted();
      if (!errand.signal.aborted) throw thrown;
      return cutShort(errand);
    } finally {
      budget.end();
    }
  }

  return {
    getJson: (request) => traced(tracing, request, () => get(request, parseJson)),
    getBytes: (request) => traced(tracing, request, () => get(request, (bytes) => success(bytes))),
  };
}

function endOf({ call, bulk }: HttpRequest, budget: SourceBudget): AbortSignal {
  const total = bulk === undefined ? [] : [AbortSignal.timeout(bulk.totalMs)];
  return AbortSignal.any([call.signal, budget.spent, ...total]);
}

const notAUrl: HttpFailure = {
  ok: false,
  status: null,
  header: () => null,
  text: null,
  reason: 'the address of the source is no http(s) URL',
  retryable: false,
};

/** The failure of a request that ended between its tries or in one, for a reason that lies outside it. */
function cutShort({ request, url, budget }: Errand): HttpFailure {
  const what = budget.spent.aborted
    ? `the source keeps failing (${budget.lastReason ?? 'no answer'})`
    : `no complete answer within ${duration(request.bulk?.totalMs ?? 0)}`;
  return failureMaker({ url, method: methodOf(request) })({ what }).failure;
}
