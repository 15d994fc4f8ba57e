import { afterEach, describe, expect, it } from 'vitest';
import { createTestHttp } from '../../../test/support/source-server-client.ts';
import { createLoopback } from '../../../test/support/source-server-loopback.ts';
import type { HttpRequest } from '../../ports/http-client.ts';
import { isKeyRefused, lanesOf } from '../nvd/lanes.ts';

const { serve, closeAll } = createLoopback();
afterEach(closeAll);

type Verdict = { readonly status: number; readonly headers?: Record<string, string> };

/** A server that judges each key, and what it was asked with. */
async function createFixture(judge: (key: string, count: number) => Verdict) {
  const keys: string[] = [];
  const url = await serve((request, response) => {
    const key = String(request.headers['apikey']);
    keys.push(key);
    const { status, headers } = judge(key, keys.filter((one) => one === key).length);
    response.writeHead(status, headers).end('{}');
  });
  const http = createTestHttp({ timeoutMs: 2000, budgetMs: 5000, backoffMs: 10 });
  const call = { signal: new AbortController().signal };
  const get = (over: Partial<HttpRequest> = {}) =>
    http.getJson({
      source: 'nvd',
      url,
      maxBytes: 1000,
      lanes: lanesOf(['key-one', 'key-two']),
      refusesAccount: isKeyRefused,
      call,
      ...over,
    });
  return { get, keys };
}

describe('several keys', () => {
  it('share the load', async () => {
    const { get, keys } = await createFixture(() => ({ status: 200 }));
    for (let request = 0; request < 8; request += 1) await get();
    expect(keys.toSorted()).toEqual([...Array(4).fill('key-one'), ...Array(4).fill('key-two')]);
  });

  it.each([
    [403, {}],
    [429, { 'retry-after': '30' }],
  ])('one that is told %i rests, and the others go on at once', async (status, headers) => {
    const { get, keys } = await createFixture((key) => (key === 'key-one' ? { status, headers } : { status: 200 }));
    const begun = performance.now();
    for (let request = 0; request < 6; request += 1) expect(await get()).toMatchObject({ ok: true });
    expect(keys.filter((key) => key === 'key-one')).toHaveLength(1);
    expect(performance.now() - begun).toBeLessThan(5000);
  });

  it('one that is not accepted is out', async () => {
    const { get, keys } = await createFixture((key) =>
      key === 'key-one' ? { status: 404, headers: { message: 'Invalid apiKey.' } } : { status: 200 },
    );
    for (let request = 0; request < 4; request += 1) expect(await get()).toMatchObject({ ok: true });
    expect(keys.filter((key) => key === 'key-one')).toHaveLength(1);
  });

  it('of which none is accepted fail with the reason', async () => {
    const { get } = await createFixture(() => ({ status: 404, headers: { message: 'Invalid apiKey.' } }));
    expect(await get()).toMatchObject({ ok: false, status: 404, reason: expect.stringContaining('Invalid apiKey') });
  });

  it('one alone is tried again after a refusal', async () => {
    const { get } = await createFixture((_, count) => ({ status: count === 1 ? 403 : 200 }));
    expect(await get({ lanes: lanesOf(['key-one']) })).toMatchObject({ ok: true });
  });
});
