import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { createTestHttp } from '../../../test/support/source-server-client.ts';
import { createLoopback } from '../../../test/support/source-server-loopback.ts';
import type { HttpRequest } from '../../ports/http-client.ts';

const { serve, closeAll } = createLoopback();
afterEach(closeAll);

const http = createTestHttp({ timeoutMs: 2000, budgetMs: 4000 });

function get(url: string, options: Partial<HttpRequest> = {}) {
  return http.getJson({
    source: 'nvd',
    url,
    maxBytes: 10_000,
    call: { signal: new AbortController().signal },
    ...options,
  });
}

describe('bodies', () => {
  it('are read when compressed', async () => {
    const origin = await serve((_request, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('{"a":1}'));
    });
    expect(await get(origin)).toMatchObject({ ok: true, body: { a: 1 } });
  });

  it('longer than announced as acceptable are refused unread', async () => {
    const origin = await serve((_request, response) => {
      response.writeHead(200, { 'content-length': '20000' }).end('x'.repeat(20_000));
    });
    expect(await get(origin)).toMatchObject({
      ok: false,
      retryable: false,
      reason: expect.stringContaining('answer longer than 10000 bytes'),
    });
  });

  it('that never end are refused on the way', async () => {
    let isOpen = true;
    const origin = await serve((_request, response) => {
      response.on('close', () => {
        isOpen = false;
      });
      const pour = () => {
        if (isOpen) response.write('x'.repeat(4096), () => setImmediate(pour));
      };
      pour();
    });
    expect(await get(origin)).toMatchObject({ ok: false, reason: expect.stringContaining('answer longer than') });
    await expect.poll(() => isOpen).toBe(false);
  });

  it('are measured after decompression', async () => {
    const origin = await serve((_request, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(5_000_000)));
    });
    expect(await get(origin)).toMatchObject({ ok: false, reason: expect.stringContaining('answer longer than') });
  });
});

describe('redirects', () => {
  it('are followed within the site, with the key', async () => {
    const keys: unknown[] = [];
    const origin = await serve((request, response) => {
      keys.push(request.headers['apikey']);
      if (request.url === '/new') response.end('{"a":1}');
      else response.writeHead(308, { location: '/new' }).end();
    });
    const lanes = [{ id: 'k', requests: 9, windowMs: 1000, headers: { apiKey: 'k' } }];
    expect(await get(`${origin}/old`, { lanes })).toMatchObject({ ok: true, body: { a: 1 } });
    expect(keys).toEqual(['k', 'k']);
  });

  it('to another site are refused, which never sees the key', async () => {
    let isAsked = false;
    const elsewhere = await serve((_request, response) => {
      isAsked = true;
      response.end('{}');
    });
    const origin = await serve((_request, response) => {
      response.writeHead(302, { location: `${elsewhere}/x?apiKey=1` }).end();
    });
    const outcome = await get(origin);
    expect(outcome).toMatchObject({
      ok: false,
      retryable: false,
      reason: expect.stringContaining('redirect to another site'),
    });
    expect(outcome).not.toMatchObject({ reason: expect.stringContaining('apiKey') });
    expect(isAsked).toBe(false);
  });

  it.each(['/again', 'http://', 'file:///etc/passwd', 'http://user:pass@127.0.0.1/'])(
    'to %s end in a failure',
    async (location) => {
      let hops = 0;
      const origin = await serve((_request, response) => {
        hops += 1;
        response.writeHead(302, { location }).end();
      });
      const outcome = await get(origin);
      expect(outcome).toMatchObject({ ok: false, retryable: false });
      expect(outcome).not.toMatchObject({ reason: expect.stringContaining('pass') });
      expect(hops).toBeLessThanOrEqual(6);
    },
  );
});

describe('secrets', () => {
  it('in the address become a header and stay out of messages', async () => {
    const seen: unknown[] = [];
    const origin = await serve((request, response) => {
      seen.push(request.headers.authorization);
      response.writeHead(401).end();
    });
    const outcome = await get(`${origin.replace('//', '//user:p%40ss@')}/cves/2.0?apiKey=k#x`);
    expect(seen).toEqual([`Basic ${Buffer.from('user:p@ss').toString('base64')}`]);
    expect(outcome).toMatchObject({ reason: `GET ${origin}/cves/2.0 failed: HTTP 401` });
  });

  it('that the server repeats are blotted out', async () => {
    const origin = await serve((request, response) => {
      response.writeHead(404, { message: `Invalid apiKey: ${request.headers['apikey']}` }).end();
    });
    const lanes = [{ id: 'k', requests: 9, windowMs: 1000, headers: { apiKey: 'topsecret' } }];
    expect(await get(origin, { lanes })).toMatchObject({
      reason: `GET ${origin}/ failed: HTTP 404 (Invalid apiKey: ***)`,
    });
  });

  it('that no header can carry do not show in the failure', async () => {
    const origin = await serve((_request, response) => response.end('{}'));
    const lanes = [{ id: 'k', requests: 9, windowMs: 1000, headers: { apiKey: 'topsecret\nx' } }];
    const outcome = await get(origin, { lanes });
    expect(outcome.ok).toBe(false);
    expect(JSON.stringify(outcome)).not.toContain('topsecret');
  });
});
