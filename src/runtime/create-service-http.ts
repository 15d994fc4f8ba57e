import { createHttpClient } from '../adapters/http/create-http-client.ts';
import type { Config } from '../config/config.ts';
import { systemClock } from '../kernel/clock.ts';
import type { HttpClient } from '../ports/http-client.ts';
import { NO_TELEMETRY, type Telemetry } from '../ports/telemetry.ts';

/** The way to services that hold what is the user's own, outside the runs that count requests to sources. */
export function createServiceHttp(
  { httpTimeoutMs, sourceBudgetMs }: Config,
  telemetry: Telemetry = NO_TELEMETRY,
): HttpClient {
  return createHttpClient({
    clock: systemClock,
    userAgent: 'eras',
    timeoutMs: httpTimeoutMs,
    budgetMs: sourceBudgetMs,
    telemetry,
  });
}
