import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Behaviour, type SourceServer, startSourceServer } from '../../../test/support/source-server.ts';
import { createTestHttp } from '../../../test/support/source-server-client.ts';
import type { HttpRequest } from '../../ports/http-client.ts';
import { NO_METRICS } from '../../ports/metrics.ts';
import { NO_TELEMETRY } from '../../ports/telemetry.ts';
import type { SpanAttributes, Tracing } from '../../ports/tracing.ts';

let server: SourceServer;
beforeEach(async () => {
  server = await startSourceServer();
});
afterEach(() => server.close());

function listening() {
  const outcomes: string[] = [];
  const spans: { name: string; attributes: SpanAttributes; failed: string | null }[] = [];
  const tracing: Tracing = {
    ...NO_TELEMETRY.tracing,
    inSpan({ name, attributes = {} }, work) {
      const span = { name, attributes, failed: null as string | null };
      spans.push(span);
      return work({
        set: (more) => Object.assign(span, { attributes: { ...span.attributes, ...more } }),
        fail: (reason) => Object.assign(span, { failed: reason }),
        content: () => undefined,
      });
    },
  };
  const metrics = { ...NO_METRICS, sourceRequest: ({ outcome }: { outcome: string }) => void outcomes.push(outcome) };
  const telemetry = { ...NO_TELEMETRY, metrics, tracing };
  const http = createTestHttp({ timeoutMs: 400, budgetMs: 3000, backoffMs: 10, telemetry });
  const get = (options: Partial<HttpRequest> = {}) =>
    http.getJson({
      source: 'kev',
      url: server.env.KEV_URL,
      maxBytes: 1_000_000,
      call: { signal: new AbortController().signal },
      ...options,
    });
  return { outcomes, spans, get };
}

describe('what is measured of requests', () => {
  it.each<[string, Behaviour, readonly string[]]>([
    ['each try', { kind: 'status', status: 503, times: 2 }, ['http_error', 'http_error', 'ok']],
    ['too many requests', { kind: 'status', status: 429, times: 1 }, ['rate_limited', 'ok']],
    ['garbage', { kind: 'garbage', times: 1 }, ['unreadable', 'ok']],
    ['a broken connection', { kind: 'reset', times: 1 }, ['no_answer', 'ok']],
    ['silence', { kind: 'hang', times: 1 }, ['no_answer', 'ok']],
  ])('is %s', async (_, behaviour, expected) => {
    server.behave('kev', behaviour);
    const { outcomes, get } = listening();
    await get();
    expect(outcomes).toEqual(expected);
  });

  it('is no failure where the status answers the question', async () => {
    server.behave('kev', { kind: 'status', status: 404 });
    const { outcomes, spans, get } = listening();
    await get({ answers: (status) => status === 404 });
    expect(outcomes).toEqual(['absent']);
    expect(spans[0]).toMatchObject({ failed: null, attributes: { 'http.response.status_code': 404 } });
  });
});

describe('the span of a request', () => {
  it('holds all its tries, and neither path, query nor account of the address', async () => {
    server.behave('kev', { kind: 'status', status: 503 });
    const { spans, get } = listening();
    await get({ url: `${server.env.KEV_URL.replace('//', '//user:c4n4ry@')}?key=c4n4ry` });
    const { port } = new URL(server.origin);
    expect(spans).toEqual([
      {
        name: 'GET kev',
        failed: 'HTTP 503',
        attributes: {
          'http.request.method': 'GET',
          'eras.source': 'kev',
          'server.address': '127.0.0.1',
          'server.port': Number(port),
          'http.response.status_code': 503,
        },
      },
    ]);
  });
});
