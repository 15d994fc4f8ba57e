import { type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { pipeline, type Readable, type Transform } from 'node:stream';
import { createBrotliDecompress, createUnzip } from 'node:zlib';
import type { HeaderReader, HttpSending } from '../../ports/http-client.ts';

/** A response whose headers have arrived. Its body is to be read to the end or destroyed. */
export interface WireResponse {
  readonly status: number;
  readonly header: HeaderReader;
  /** Decompressed. Leaving an iteration over it closes the connection. */
  readonly body: Readable;
  /** Gives a body up that nobody reads. */
  readonly discard: () => void;
}

/** What goes out. */
export interface WireRequest {
  readonly headers: Readonly<Record<string, string>>;
  readonly send: HttpSending | undefined;
  readonly signal: AbortSignal;
}

/**
 * Sends one request and waits for the headers of its response, following nothing. Node's own client rather than `fetch`, which
 * takes longer with a hundred requests at once (docs/decisions/0005).
 *
 * @throws what goes wrong on the way, with a `code`, and what `signal` aborts
 */
export function openRequest(url: URL, { headers, send, signal }: WireRequest): Promise<WireResponse> {
  return new Promise((resolve, reject) => {
    const request = url.protocol === 'https:' ? requestHttps : requestHttp;
    const { body, headers: ofBody } = encodeBody(send);
    request(url, {
      method: send?.method ?? 'GET',
      headers: { ...headers, ...ofBody, 'accept-encoding': 'gzip, br' },
      signal,
    })
      .once('response', (response) => resolve(toWireResponse(response)))
      .once('error', reject)
      .end(body);
  });
}

function encodeBody(send: HttpSending | undefined): { body: Buffer | null; headers: Record<string, string | number> } {
  const [text, type] =
    send?.form !== undefined
      ? [new URLSearchParams(send.form).toString(), 'application/x-www-form-urlencoded']
      : [send?.json === undefined ? null : JSON.stringify(send.json), 'application/json'];
  if (text === null) return { body: null, headers: {} };
  const body = Buffer.from(text);
  return { body, headers: { 'content-type': type, 'content-length': body.length } };
}

function toWireResponse(response: IncomingMessage): WireResponse {
  return {
    status: response.statusCode ?? 0,
    header: (name) => {
      const value = response.headers[name.toLowerCase()];
      return value === undefined ? null : String(value);
    },
    body: decompress(response),
    discard: () => response.destroy(),
  };
}

function decompress(response: IncomingMessage): Readable {
  const decoder = createDecoder(response.headers['content-encoding']);
  // What breaks off reaches whoever reads the decoder; there is nothing left to do here.
  return decoder === null ? response : pipeline(response, decoder, () => {});
}

function createDecoder(encoding: string | undefined): Transform | null {
  switch (encoding?.trim().toLowerCase()) {
    case 'gzip':
    case 'x-gzip':
    case 'deflate':
      return createUnzip();
    case 'br':
      return createBrotliDecompress();
    default:
      return null;
  }
}
