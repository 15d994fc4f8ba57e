import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { bodyOf, type ServedSource, type SourceServerData } from './source-server-bodies.ts';

export type { ServedSource, SourceServerData } from './source-server-bodies.ts';

/**
 * How a source answers. `times` limits odd behaviour to the next so many requests; after them it is normal. `when` limits it to some
 * requests.
 */
export type Behaviour = { readonly times?: number; readonly when?: (url: string) => boolean } & (
  | { readonly kind: 'normal'; readonly delayMs?: number }
  | {
      readonly kind: 'status';
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body?: string;
      readonly delayMs?: number;
    }
  /** Accepts the request and never answers. */
  | { readonly kind: 'hang' }
  /** Sends the headers and a piece of the body, and then nothing. */
  | { readonly kind: 'stall' }
  | { readonly kind: 'garbage'; readonly body?: string }
  /** Half of the JSON, as a whole answer. */
  | { readonly kind: 'truncated' }
  /** Half of the JSON, and then the connection breaks. */
  | { readonly kind: 'cut' }
  | { readonly kind: 'reset' }
  | { readonly kind: 'redirect'; readonly location: string; readonly status?: number }
  /** NVD: refuses `cveIds`, or takes no notice of it and lists everything. */
  | { readonly kind: 'no-cve-ids'; readonly how: 'refuse' | 'ignore' }
);

/** A request as it came in. `at` is monotonic, in milliseconds. */
export interface ServedRequest {
  readonly source: ServedSource;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly at: number;
}

/** A running stand-in for all sources. */
export interface SourceServer {
  readonly origin: string;
  /** The variables of the environment that lead a client here. */
  readonly env: Readonly<
    Record<'NVD_API_URL' | 'KEV_URL' | 'EPSS_API_URL' | 'EPSS_CSV_URL' | 'CVE_API_URL' | 'ATTACK_STIX_URL', string>
  >;
  /** Every request so far, in the order of arrival. */
  readonly requests: ServedRequest[];
  behave(source: ServedSource | 'all', behaviour: Behaviour): void;
  close(): Promise<void>;
}

const SOURCES: readonly ServedSource[] = ['nvd', 'kev', 'epss', 'epssCsv', 'cve', 'attack'];

/** Starts a real server on loopback that stands in for NVD, CISA, FIRST, the CVE Program and MITRE. */
export async function startSourceServer(data: SourceServerData = {}): Promise<SourceServer> {
  const requests: ServedRequest[] = [];
  const behaviours = new Map<ServedSource, { behaviour: Behaviour; left: number }>();

  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    const source = sourceOf(url.pathname);
    if (source === null) return send(response, 404, { error: 'no such route' });
    requests.push({ source, url: request.url ?? '/', headers: request.headers, at: performance.now() });
    void answer(nextBehaviour(source, url), data, { source, url, request, response });
  });

  function nextBehaviour(source: ServedSource, url: URL): Behaviour {
    const entry = behaviours.get(source);
    if (entry === undefined || entry.left <= 0 || entry.behaviour.when?.(url.href) === false) return { kind: 'normal' };
    entry.left -= 1;
    return entry.behaviour;
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    origin,
    requests,
    env: {
      NVD_API_URL: `${origin}/rest/json`,
      KEV_URL: `${origin}/kev.json`,
      EPSS_API_URL: `${origin}/epss`,
      EPSS_CSV_URL: `${origin}/epss.csv.gz`,
      CVE_API_URL: `${origin}/cve`,
      ATTACK_STIX_URL: `${origin}/attack.json`,
    },
    behave(source, behaviour) {
      for (const name of source === 'all' ? SOURCES : [source]) {
        behaviours.set(name, { behaviour, left: behaviour.times ?? Number.POSITIVE_INFINITY });
      }
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

interface Exchange {
  readonly source: ServedSource;
  readonly url: URL;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

function sourceOf(path: string): ServedSource | null {
  if (path === '/rest/json/cves/2.0') return 'nvd';
  if (path === '/kev.json') return 'kev';
  if (path === '/epss') return 'epss';
  if (path === '/epss.csv.gz') return 'epssCsv';
  if (path.startsWith('/cve/')) return 'cve';
  return path === '/attack.json' ? 'attack' : null;
}

async function answer(behaviour: Behaviour, data: SourceServerData, exchange: Exchange): Promise<void> {
  const { request, response } = exchange;
  if ('delayMs' in behaviour) await new Promise((resolve) => setTimeout(resolve, behaviour.delayMs ?? 0));
  switch (behaviour.kind) {
    case 'hang':
      return;
    case 'reset':
      request.socket.resetAndDestroy();
      return;
    case 'status':
      response.writeHead(behaviour.status, behaviour.headers).end(behaviour.body ?? '');
      return;
    case 'redirect':
      response.writeHead(behaviour.status ?? 302, { location: behaviour.location }).end();
      return;
    case 'garbage':
      response.writeHead(200, { 'content-type': 'text/html' }).end(behaviour.body ?? '<html>Please sign in</html>');
      return;
    case 'no-cve-ids':
      return answerWithoutCveIds(behaviour.how, data, exchange);
    case 'truncated':
    case 'cut':
    case 'stall':
      return breakOff(behaviour.kind, data, exchange);
    case 'normal':
      return answerNormally(data, exchange);
  }
}

/** Sends half of what the source would have answered. */
function breakOff(kind: 'truncated' | 'cut' | 'stall', data: SourceServerData, exchange: Exchange): void {
  const body = bodyOf(data, exchange.source, exchange.url).body;
  const half = body.subarray(0, Math.floor(body.length / 2));
  if (kind === 'truncated') {
    exchange.response.writeHead(200, { 'content-type': 'application/json' }).end(half);
    return;
  }
  exchange.response.writeHead(200, { 'content-type': 'application/json', 'content-length': String(body.length) });
  exchange.response.write(half, () => {
    if (kind === 'cut') exchange.request.socket.destroy();
  });
}

function answerWithoutCveIds(how: 'refuse' | 'ignore', data: SourceServerData, exchange: Exchange): void {
  const { searchParams } = exchange.url;
  if (searchParams.has('cveIds') && how === 'refuse') {
    exchange.response.writeHead(404, { message: 'Invalid parameter: cveIds' }).end();
    return;
  }
  searchParams.delete('cveIds');
  answerNormally(data, exchange);
}

function answerNormally(data: SourceServerData, exchange: Exchange): void {
  const { status, body, type } = bodyOf(data, exchange.source, exchange.url);
  exchange.response.writeHead(status, { 'content-type': type, 'content-length': String(body.length) }).end(body);
}

function send(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
}
