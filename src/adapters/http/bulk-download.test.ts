import type { ServerResponse } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { SLACK_MS } from '../../../test/support/slack.ts';
import { createTestHttp } from '../../../test/support/source-server-client.ts';
import { createLoopback } from '../../../test/support/source-server-loopback.ts';
import type { HttpRequest } from '../../ports/http-client.ts';

const { serve, closeAll } = createLoopback();
afterEach(closeAll);

const TIMEOUT_MS = 150;
const http = createTestHttp({ timeoutMs: TIMEOUT_MS, budgetMs: 400 });

/** Sends a piece every so often; without an end where `pieces` is infinite. */
function drip(response: ServerResponse, pieces: number, everyMs = 60): void {
  const timer = setInterval(() => {
    response.write(' ');
    pieces -= 1;
    if (pieces > 0) return;
    clearInterval(timer);
    response.end('{"a":1}');
  }, everyMs);
  response.on('close', () => clearInterval(timer));
}

async function get(url: string, options: Partial<HttpRequest> = {}) {
  const begun = performance.now();
  const call = { signal: new AbortController().signal };
  const bulk = { totalMs: 5000 };
  const outcome = await http.getJson({ source: 'attack', url, maxBytes: 10_000, bulk, call, ...options });
  return { outcome, milliseconds: performance.now() - begun };
}

describe('a bulk download', () => {
  it('may take longer than the time limit and the budget as long as something arrives', async () => {
    const origin = await serve((_request, response) => drip(response, 10));
    const { outcome, milliseconds } = await get(origin);
    expect(outcome).toMatchObject({ ok: true, body: { a: 1 } });
    expect(milliseconds).toBeGreaterThan(590);
  });

  it('may do so after a failure, too', async () => {
    let served = 0;
    const origin = await serve((_request, response) => {
      served += 1;
      if (served <= 2) response.writeHead(503).end();
      else drip(response, 10);
    });
    expect((await get(origin)).outcome).toMatchObject({ ok: true });
  });

  it('is held to the budget once the source keeps failing', async () => {
    let served = 0;
    const origin = await serve((_request, response) => {
      served += 1;
      if (served <= 3) response.writeHead(503).end();
      else drip(response, Number.POSITIVE_INFINITY);
    });
    const { outcome, milliseconds } = await get(origin);
    expect(outcome).toMatchObject({ ok: false, reason: expect.stringContaining('keeps failing (HTTP 503)') });
    expect(milliseconds).toBeLessThan(700 + SLACK_MS);
  });

  it.each([
    ['no headers', () => undefined],
    ['a silence', (response: ServerResponse) => void response.write('{"a":')],
  ])('ends with %s, in time', async (_what, answer) => {
    let served = 0;
    const origin = await serve((_request, response) => {
      served += 1;
      answer(response);
    });
    const { outcome, milliseconds } = await get(origin);
    expect(outcome).toMatchObject({
      ok: false,
      retryable: true,
      reason: expect.stringContaining('nothing arrived for 150 ms'),
    });
    // The last try may be given up before its request has left a busy machine.
    expect(served).toBeGreaterThanOrEqual(2);
    expect(served).toBeLessThanOrEqual(3);
    expect(milliseconds).toBeLessThan(600 + SLACK_MS);
    expect((await get(origin, { attempts: 1 })).milliseconds).toBeLessThan(TIMEOUT_MS + 100 + SLACK_MS);
  });

  it('ends with its total time, all tries together', async () => {
    let served = 0;
    const origin = await serve((_request, response) => {
      served += 1;
      drip(response, Number.POSITIVE_INFINITY, 20);
    });
    const { outcome, milliseconds } = await get(origin, { bulk: { totalMs: 300 } });
    expect(outcome).toMatchObject({
      ok: false,
      retryable: true,
      reason: expect.stringContaining('no complete answer within 300 ms'),
    });
    expect(milliseconds).toBeLessThan(500 + SLACK_MS);
    expect(served).toBe(1);
  });

  it('is cancelled with the run', async () => {
    const origin = await serve((_request, response) => drip(response, Number.POSITIVE_INFINITY));
    const controller = new AbortController();
    setTimeout(() => controller.abort(new Error('interrupted')), 100);
    await expect(get(origin, { call: { signal: controller.signal } })).rejects.toThrow('interrupted');
  });

  it('is not what other requests are: those have one limit for all of it', async () => {
    const origin = await serve((_request, response) => drip(response, 10));
    const request = { source: 'attack', url: origin, maxBytes: 10_000, attempts: 1 } as const;
    const outcome = await http.getJson({ ...request, call: { signal: new AbortController().signal } });
    expect(outcome).toMatchObject({ reason: expect.stringContaining('no complete answer within 150 ms') });
  });
});
