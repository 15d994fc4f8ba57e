import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Registry } from 'prom-client';
import { RiskError } from '../../kernel/risk-error.ts';

/** Where metrics are served, and what the probes ask. */
export interface MetricsServerOptions {
  readonly registry: Pick<Registry, 'metrics' | 'contentType'>;
  readonly host: string;
  /** 0: any that is free. */
  readonly port: number;
  /** Whether work can be taken now; always, unless told. */
  readonly isReady?: () => boolean | Promise<boolean>;
  /** Brings gauges up to date before they are read; where it fails they stay as they were. */
  readonly beforeScrape?: () => Promise<void>;
}

/** A running server of metrics. It does not keep the process alive. */
export interface MetricsServer {
  /** Such as `http://127.0.0.1:8000`. */
  readonly origin: string;
  close(): Promise<void>;
}

/** Nobody who scrapes needs longer to ask. */
const REQUEST_LIMIT_MS = 10_000;

/** Serves `/metrics`, `/healthz` and `/readyz`. @throws RiskError `OUTPUT_FAILED` where the address cannot be listened on */
export async function serveMetrics(options: MetricsServerOptions): Promise<MetricsServer> {
  const server = createServer({ requestTimeout: REQUEST_LIMIT_MS }, (request, response) => {
    answer(request, options).then(
      (reply) => send(response, reply),
      () => send(response, { status: 500, body: 'the metrics cannot be read now\n' }),
    );
  });
  server.unref();
  await listen(server, options);
  const { address, family, port } = server.address() as AddressInfo;
  return {
    origin: `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

interface Reply {
  readonly status: number;
  readonly body: string;
  readonly type?: string;
}

async function answer({ method, url = '/' }: IncomingMessage, options: MetricsServerOptions): Promise<Reply> {
  const isReading = method === 'GET' || method === 'HEAD';
  if (!isReading) return { status: 405, body: 'only GET is answered\n' };
  const [path] = url.split('?', 1);
  if (path === '/healthz') return { status: 200, body: 'ok\n' };
  if (path === '/readyz') return ready(options);
  if (path !== '/metrics') return { status: 404, body: 'there are /metrics, /healthz and /readyz\n' };
  await options.beforeScrape?.().catch(() => undefined);
  return { status: 200, body: await options.registry.metrics(), type: options.registry.contentType };
}

async function ready({ isReady = () => true }: MetricsServerOptions): Promise<Reply> {
  return (await isReady()) ? { status: 200, body: 'ok\n' } : { status: 503, body: 'not ready\n' };
}

function send(response: ServerResponse, { status, body, type = 'text/plain; charset=utf-8' }: Reply): void {
  response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' }).end(body);
}

const REASONS: Readonly<Record<string, string>> = {
  EADDRINUSE: 'another process listens there',
  EACCES: 'this account may not listen there',
  EADDRNOTAVAIL: 'this machine has no such address',
  ENOTFOUND: 'there is no such host',
};

function listen(server: Server, { host, port }: MetricsServerOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const reason = REASONS[error.code ?? ''] ?? error.code ?? 'unknown reason';
      const message = `metrics cannot be served on ${host}:${port}: ${reason}; set ERAS_METRICS_PORT to another port, or to 0 for any that is free`;
      reject(new RiskError({ code: 'OUTPUT_FAILED', message, cause: error }));
    });
    server.listen({ host, port }, resolve);
  });
}
