import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { SourceServer } from './source-server.ts';
import { createLoopback } from './source-server-loopback.ts';

/** What goes wrong on the way from a source. */
export type Fault =
  /** Answers without asking the source. */
  | { readonly kind: 'status'; readonly status: number; readonly headers?: () => Readonly<Record<string, string>> }
  | { readonly kind: 'reset' }
  | { readonly kind: 'hang' }
  /** The body a few bytes at a time. */
  | { readonly kind: 'drip'; readonly bytesPerSecond: number }
  /** The first half of the body, as if it were whole. */
  | { readonly kind: 'half' }
  /** The first half of the body, and then the connection breaks. */
  | { readonly kind: 'cut' }
  | { readonly kind: 'content-type'; readonly type: string }
  /** A body that unpacks to so many megabytes of zeros. */
  | { readonly kind: 'gzip-bomb'; readonly megabytes: number }
  /** Another body in its place. */
  | { readonly kind: 'rewrite'; readonly change: (body: Buffer, url: URL) => Buffer };

/** Which requests a fault meets: those whose path and query `on` accepts, at most `times` of them. */
export interface Meeting {
  readonly on: (url: string) => boolean;
  readonly times?: number;
}

/** A proxy before the stand-ins for the sources. */
export interface FaultProxy {
  readonly env: SourceServer['env'];
  readonly requests: string[];
  /** From now on; without a fault everything passes. */
  inject(fault: Fault | null, meeting?: Meeting): void;
  close(): Promise<void>;
}

/** Packed once: packing takes seconds, in which nothing else is served. */
const BOMBS = new Map<number, Buffer>();
function bombOf(megabytes: number): Buffer {
  const bomb = BOMBS.get(megabytes) ?? gzipSync(Buffer.alloc(megabytes * 1024 * 1024));
  BOMBS.set(megabytes, bomb);
  return bomb;
}

/** Starts a proxy on loopback before a server of sources. */
export async function startFaultProxy(upstream: SourceServer): Promise<FaultProxy> {
  let current: { readonly fault: Fault; readonly on: Meeting['on']; left: number } | null = null;
  const requests: string[] = [];
  const loopback = createLoopback();

  const origin = await loopback.serve((request, response) => {
    const path = request.url ?? '/';
    requests.push(path);
    const isMet = current !== null && current.left > 0 && current.on(path);
    if (isMet && current !== null) current.left -= 1;
    const work = isMet && current !== null ? fail(current.fault, path, request, response) : pass(path, response);
    work.catch(() => response.destroy());
  });

  async function fetchUpstream(path: string): Promise<{ status: number; type: string; body: Buffer }> {
    const answer = await fetch(`${upstream.origin}${path}`);
    const type = answer.headers.get('content-type') ?? 'application/octet-stream';
    return { status: answer.status, type, body: Buffer.from(await answer.arrayBuffer()) };
  }

  async function pass(path: string, response: ServerResponse): Promise<void> {
    const { status, type, body } = await fetchUpstream(path);
    response.writeHead(status, { 'content-type': type, 'content-length': String(body.length) }).end(body);
  }

  async function fail(fault: Fault, path: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    switch (fault.kind) {
      case 'hang':
        return;
      case 'reset':
        request.socket.resetAndDestroy();
        return;
      case 'status':
        response.writeHead(fault.status, fault.headers?.()).end();
        return;
      case 'gzip-bomb':
        response
          .writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' })
          .end(bombOf(fault.megabytes));
        return;
      default:
        return spoil(fault, path, request, response);
    }
  }

  async function spoil(
    fault: Extract<Fault, { kind: 'drip' | 'half' | 'cut' | 'content-type' | 'rewrite' }>,
    path: string,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const { status, type, body } = await fetchUpstream(path);
    const half = body.subarray(0, Math.floor(body.length / 2));
    switch (fault.kind) {
      case 'content-type':
        response.writeHead(status, { 'content-type': fault.type }).end(body);
        return;
      case 'half':
        response.writeHead(status, { 'content-type': type }).end(half);
        return;
      case 'cut':
        response.writeHead(status, { 'content-type': type, 'content-length': String(body.length) });
        response.write(half, () => request.socket.destroy());
        return;
      case 'rewrite':
        response.writeHead(status, { 'content-type': type });
        response.end(fault.change(body, new URL(path, 'http://127.0.0.1')));
        return;
      case 'drip':
        response.writeHead(status, { 'content-type': type, 'content-length': String(body.length) });
        for (let at = 0; at < body.length && !response.destroyed; at += 1) {
          response.write(body.subarray(at, at + 1));
          await pause(1000 / fault.bytesPerSecond);
        }
        response.end();
    }
  }

  const env = Object.fromEntries(
    Object.entries(upstream.env).map(([name, url]) => [name, url.replace(upstream.origin, origin)]),
  ) as SourceServer['env'];
  return {
    env,
    requests,
    inject(fault, { on = () => true, times = Number.POSITIVE_INFINITY } = { on: () => true }) {
      if (fault?.kind === 'gzip-bomb') bombOf(fault.megabytes);
      current = fault === null ? null : { fault, on, left: times };
    },
    close: () => loopback.closeAll(),
  };
}

/** A change of a JSON document. */
export function changeJson(change: (document: unknown, url: URL) => unknown): Fault {
  return {
    kind: 'rewrite',
    change: (body, url) => Buffer.from(JSON.stringify(change(JSON.parse(body.toString()), url))),
  };
}

/** The first half of what a packed file holds, packed again: it is whole as a file. */
export const HALF_UNPACKED: Fault = {
  kind: 'rewrite',
  change(body) {
    const text = gunzipSync(body);
    return gzipSync(text.subarray(0, Math.floor(text.length / 2)));
  },
};

/** The same document with values of other types: numbers as words, lists as objects, words as numbers. */
export function mistype(value: unknown, depth = 0): unknown {
  if (typeof value === 'number') return `about ${value}`;
  if (typeof value === 'string') return depth % 2 === 0 ? 7 : [value];
  if (Array.isArray(value)) return { 0: value.map((one) => mistype(one, depth + 1)) };
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, mistype(one, depth + 1)]));
}
