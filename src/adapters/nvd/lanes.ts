import type { HeaderReader, RateLimitLane } from '../../ports/http-client.ts';

// NVD: 5 requests without a key and 50 with one in a rolling 30 seconds (nvd.nist.gov, Developers, Start Here). The
// extra second covers requests that take their time on the way, since NVD counts when they arrive.
const WINDOW_MS = 31_000;
const REQUESTS_WITHOUT_KEY = 5;
const REQUESTS_WITH_KEY = 50;

/** NVD's accounts: one a key, or everybody's where there is none. */
export function lanesOf(apiKeys: readonly string[]): RateLimitLane[] {
  const keys = [...new Set(apiKeys.map((key) => key.trim()).filter((key) => key !== ''))];
  if (keys.length === 0) return [{ id: 'nvd', requests: REQUESTS_WITHOUT_KEY, windowMs: WINDOW_MS, headers: {} }];
  return keys.map((key) => ({
    id: `nvd:${key}`,
    requests: REQUESTS_WITH_KEY,
    windowMs: WINDOW_MS,
    headers: { apiKey: key },
  }));
}

/** NVD says beside a 404 or 403, in a header `message`, that it does not accept a key. */
export function isKeyRefused(status: number, header: HeaderReader): boolean {
  return (status === 404 || status === 403) && /apikey/i.test(header('message') ?? '');
}
