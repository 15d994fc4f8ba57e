import { createHttpClient, type HttpClientOptions } from '../../src/adapters/http/create-http-client.ts';
import { systemClock } from '../../src/kernel/clock.ts';
import type { HttpClient } from '../../src/ports/http-client.ts';

/** The real HTTP client, as impatient as tests need it. */
export function createTestHttp(limits: Partial<HttpClientOptions> = {}): HttpClient {
  return createHttpClient({
    clock: systemClock,
    userAgent: 'eras/test',
    timeoutMs: 200,
    budgetMs: 500,
    backoffMs: 5,
    ...limits,
  });
}
