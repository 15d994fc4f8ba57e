import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SLACK_MS } from '../../../test/support/slack.ts';
import { type SourceServer, startSourceServer } from '../../../test/support/source-server.ts';
import { createTestHttp } from '../../../test/support/source-server-client.ts';
import type { HttpRequest } from '../../ports/http-client.ts';
import type { HttpClientOptions } from './create-http-client.ts';

let server: SourceServer;
beforeEach(async () => {
  server = await startSourceServer();
});
afterEach(() => server.close());

function client(options: Partial<HttpClientOptions> = {}) {
  return createTestHttp({ timeoutMs: 400, budgetMs: 3000, backoffMs: 10, ...options });
}

function request(options: Partial<HttpRequest> = {}): HttpRequest {
  const call = { signal: new AbortController().signal };
  return { source: 'kev', url: server.env.KEV_URL, maxBytes: 1_000_000, call, ...options };
}

async function timed<Value>(work: Promise<Value>): Promise<{ value: Value; milliseconds: number }> {
  const begun = performance.now();
  const value = await work;
  return { value, milliseconds: performance.now() - begun };
}

describe('one request', () => {
  it('brings JSON, says who asks, and is counted for the run that asks', async () => {
    const counted: string[] = [];
    const others: string[] = [];
    const callOf = (told: string[]) => ({
      signal: AbortSignal.timeout(60_000),
      onRequest: (peer: string) => told.push(peer),
    });
    const http = client();
    const outcome = await http.getJson(request({ call: callOf(counted) }));
    await Promise.all([1, 2].map(() => http.getJson(request({ source: 'nvd', call: callOf(others) }))));
    expect(outcome).toMatchObject({ ok: true, status: 200, body: { count: 1 } });
    expect(server.requests[0]?.headers).toMatchObject({ 'user-agent': 'eras/test', accept: 'application/json' });
    expect([counted, others]).toEqual([['kev'], ['nvd', 'nvd']]);
  });

  it.each([400, 401, 404, 410])('takes HTTP %i for an answer that will not change', async (status) => {
    server.behave('kev', { kind: 'status', status });
    const outcome = await client().getJson(request());
    expect(outcome).toMatchObject({ ok: false, status, retryable: false });
    expect(server.requests).toHaveLength(1);
  });

  it.each([403, 408, 429, 500, 502, 503, 504])('tries again after HTTP %i', async (status) => {
    server.behave('kev', { kind: 'status', status, times: 2 });
    expect(await client().getJson(request())).toMatchObject({ ok: true });
    expect(server.requests).toHaveLength(3);
  });

  it('gives up after four tries, in words', async () => {
    server.behave('kev', { kind: 'status', status: 503 });
    const outcome = await client().getJson(request({ url: `${server.env.KEV_URL}?apiKey=secret` }));
    expect(outcome).toMatchObject({
      ok: false,
      status: 503,
      retryable: true,
      reason: `GET ${server.env.KEV_URL} failed: HTTP 503`,
    });
    expect(server.requests).toHaveLength(4);
  });

  it('tries as often as it is told', async () => {
    server.behave('kev', { kind: 'status', status: 503 });
    expect(await client().getJson(request({ attempts: 1 }))).toMatchObject({ ok: false, retryable: true });
    expect(server.requests).toHaveLength(1);
    server.behave('kev', { kind: 'status', status: 429, headers: { 'retry-after': '0' } });
    await client().getJson(request({ attempts: 6 }));
    expect(server.requests).toHaveLength(7);
  });

  it.each([
    ['reset', 'connection'],
    ['cut', 'connection'],
    ['truncated', 'cut off'],
  ] as const)('tries again after a connection that breaks (%s)', async (kind, words) => {
    server.behave('kev', { kind, times: 2 });
    expect(await client().getJson(request())).toMatchObject({ ok: true });
    server.behave('kev', { kind });
    expect(await client().getJson(request())).toMatchObject({ ok: false, reason: expect.stringContaining(words) });
  });

  it('tries once more after garbage, and no more', async () => {
    server.behave('kev', { kind: 'garbage', times: 1 });
    expect(await client().getJson(request())).toMatchObject({ ok: true });
    server.behave('kev', { kind: 'garbage' });
    expect(await client().getJson(request())).toMatchObject({ ok: false, reason: expect.stringContaining('no JSON') });
    expect(server.requests).toHaveLength(4);
  });

  it.each(['hang', 'stall'] as const)('has one time limit for headers and body (%s)', async (kind) => {
    server.behave('kev', { kind, times: 1 });
    const { value, milliseconds } = await timed(client({ timeoutMs: 150 }).getJson(request()));
    expect(value.ok).toBe(true);
    expect(milliseconds).toBeGreaterThan(140);
    expect(milliseconds).toBeLessThan(1000 + SLACK_MS);
  });

  it('says so where nobody listens', async () => {
    const url = server.env.KEV_URL;
    await server.close();
    expect(await client().getJson(request({ url }))).toMatchObject({
      ok: false,
      reason: `GET ${url} failed: connection refused`,
    });
  });

  it('refuses what is no address', async () => {
    for (const url of ['', 'kev.json', 'file:///etc/passwd', 'ftp://host/x']) {
      expect(await client().getJson(request({ url }))).toMatchObject({ ok: false, retryable: false });
    }
  });
});

describe('Retry-After', () => {
  const busy = (value: string) =>
    server.behave('kev', { kind: 'status', status: 429, headers: { 'retry-after': value }, times: 1 });

  it('is waited for', async () => {
    busy('1');
    const { value, milliseconds } = await timed(client().getJson(request()));
    expect(value.ok).toBe(true);
    expect(milliseconds).toBeGreaterThan(990);
  });

  it('takes the place of the wait between tries', async () => {
    server.behave('kev', { kind: 'status', status: 503, headers: { 'retry-after': '0' }, times: 3 });
    const { value, milliseconds } = await timed(client({ backoffMs: 1000, budgetMs: 60_000 }).getJson(request()));
    expect(value.ok).toBe(true);
    // Three jitters of up to 1 s; the waits between tries would be 13 s at the least.
    expect(milliseconds).toBeLessThan(3000 + 2 * SLACK_MS);
  });

  it.each(['0', 'Fri, 31 Dec 1999 23:59:59 GMT', 'soon'])('of %s asks for no wait', async (value) => {
    busy(value);
    const timing = await timed(client().getJson(request()));
    expect(timing.value.ok).toBe(true);
    expect(timing.milliseconds).toBeLessThan(400 + SLACK_MS);
  });

  it('longer than the budget fails at once, with the reason', async () => {
    busy('3600');
    const { value, milliseconds } = await timed(client().getJson(request()));
    expect(value).toMatchObject({ ok: false, reason: expect.stringContaining('HTTP 429; it asks to wait 60 min') });
    expect(milliseconds).toBeLessThan(300 + SLACK_MS);
  });
});

describe('the budget of a run', () => {
  it('bounds many requests to a source that hangs', async () => {
    server.behave('kev', { kind: 'hang' });
    const http = client({ timeoutMs: 250, budgetMs: 700 });
    const { call } = request();
    const all = Promise.all(Array.from({ length: 40 }, () => http.getJson(request({ call }))));
    const { value, milliseconds } = await timed(all);
    expect(value.every((outcome) => !outcome.ok)).toBe(true);
    expect(milliseconds).toBeLessThan(900 + SLACK_MS);
    const later = await timed(http.getJson(request({ call })));
    expect(later.milliseconds).toBeLessThan(50 + SLACK_MS);
    expect(later.value).toMatchObject({ ok: false, reason: expect.stringContaining('keeps failing') });
  });

  it('ends requests that began before the source was known to fail', async () => {
    server.behave('kev', { kind: 'hang' });
    const http = client({ timeoutMs: 400, budgetMs: 500 });
    const { call } = request();
    const late = (delay: number) =>
      new Promise((resolve) => setTimeout(resolve, delay)).then(() => http.getJson(request({ call })));
    const { milliseconds } = await timed(Promise.all([0, 200, 390].map(late)));
    expect(milliseconds).toBeLessThan(740 + SLACK_MS);
  });

  it('is another for another run and another source', async () => {
    server.behave('kev', { kind: 'hang' });
    const http = client({ timeoutMs: 100, budgetMs: 150 });
    const first = request();
    await http.getJson(first);
    const epss = { source: 'epss', url: server.env.EPSS_API_URL } as const;
    expect(await http.getJson(request({ call: first.call, ...epss }))).toMatchObject({ ok: true });
    server.behave('kev', { kind: 'normal' });
    expect(await http.getJson(request())).toMatchObject({ ok: true });
    expect(await http.getJson(first)).toMatchObject({ ok: false });
  });

  it('is not touched by waits for the rate limit', async () => {
    const http = client({ budgetMs: 100 });
    const lanes = [{ id: 'kev', requests: 1, windowMs: 200, headers: {} }];
    const { call } = request();
    server.behave('kev', { kind: 'status', status: 503, times: 1 });
    const outcomes = await Promise.all([1, 2, 3].map(() => http.getJson(request({ lanes, call }))));
    expect(outcomes.map((outcome) => outcome.ok)).toEqual([true, true, true]);
  });

  it('ends waits for the rate limit of a source that keeps failing', async () => {
    server.behave('kev', { kind: 'status', status: 503 });
    const http = client({ budgetMs: 300 });
    const lanes = [{ id: 'kev', requests: 5, windowMs: 5000, headers: {} }];
    const { call } = request();
    const all = Promise.all(Array.from({ length: 8 }, () => http.getJson(request({ lanes, call }))));
    const { value, milliseconds } = await timed(all);
    expect(milliseconds).toBeLessThan(600 + SLACK_MS);
    expect(value.every((outcome) => !outcome.ok && outcome.reason.includes('HTTP 503'))).toBe(true);
  });
});

describe('rate limits', () => {
  it('spread requests over the rolling window, and tell of long waits', async () => {
    const waits: number[] = [];
    const call = { signal: new AbortController().signal, onWait: (milliseconds: number) => waits.push(milliseconds) };
    const lanes = [{ id: 'kev', requests: 2, windowMs: 1100, headers: {} }];
    const http = client();
    await Promise.all([1, 2, 3].map(() => http.getJson(request({ lanes, call }))));
    const [first = 0, , third = 0] = server.requests.map((served) => served.at);
    expect(third - first).toBeGreaterThan(1050);
    expect(waits).toHaveLength(1);
    expect(waits[0]).toBeGreaterThan(1000);
  });

  it('spread the load over several accounts', async () => {
    const lanes = ['a', 'b'].map((key) => ({ id: key, requests: 2, windowMs: 60_000, headers: { apiKey: key } }));
    const http = client();
    await Promise.all([1, 2, 3, 4].map(() => http.getJson(request({ lanes }))));
    expect(server.requests.map((served) => served.headers['apikey']).toSorted()).toEqual(['a', 'a', 'b', 'b']);
  });
});

describe('cancelling', () => {
  it('ends a request in flight, a wait between tries and a wait for the rate limit', async () => {
    const lanes = [{ id: 'kev', requests: 1, windowMs: 60_000, headers: {} }];
    const http = client({ timeoutMs: 10_000, backoffMs: 10_000, budgetMs: 60_000 });
    for (const prepare of [
      () => server.behave('kev', { kind: 'hang' }),
      () => server.behave('kev', { kind: 'stall' }),
      () => server.behave('kev', { kind: 'status', status: 503 }),
      () => server.behave('kev', { kind: 'normal' }),
    ]) {
      prepare();
      const controller = new AbortController();
      const call = { signal: controller.signal };
      const work = Promise.allSettled([http.getJson(request({ call, lanes })), http.getJson(request({ call, lanes }))]);
      setTimeout(() => controller.abort(new Error('interrupted')), 80);
      const { value, milliseconds } = await timed(work);
      expect(value.at(-1)).toMatchObject({ status: 'rejected', reason: { message: 'interrupted' } });
      expect(milliseconds).toBeLessThan(500 + SLACK_MS);
    }
  });

  it('refuses to begin', async () => {
    const call = { signal: AbortSignal.abort(new Error('interrupted')) };
    await expect(client().getJson(request({ call }))).rejects.toThrow('interrupted');
    expect(server.requests).toHaveLength(0);
  });
});
