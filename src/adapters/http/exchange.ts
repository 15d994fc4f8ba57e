import { failure, type Result, success } from '../../kernel/result.ts';
import type { HeaderReader, HttpSending } from '../../ports/http-client.ts';
import { readBeginning, readBody } from './body.ts';
import { MAX_REDIRECTS, REDIRECTS, REDIRECTS_OF_SENDING, resolveRedirect } from './redirect.ts';
import { openRequest, type WireResponse } from './wire.ts';

/** What one request over the wire is made of. `secretHeaders` go to the origin of `url` only. */
export interface ExchangeRequest {
  readonly url: URL;
  readonly send?: HttpSending | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly secretHeaders: Readonly<Record<string, string>>;
  readonly maxBytes: number;
  readonly wantsFailureText?: boolean | undefined;
  readonly signal: AbortSignal;
}

/** A response of any status; `body` is null where the status is no success, and then not read. */
export interface Exchange {
  readonly status: number;
  readonly header: HeaderReader;
  readonly body: Uint8Array | null;
  /** The beginning of the body where the status is no success and it was wanted. */
  readonly failureText: string | null;
}

/** Who is told. `onArrival`: of the headers of a success and of each piece of its body. */
export interface ExchangeListeners {
  readonly onSend: () => void;
  readonly onArrival?: () => void;
}

/**
 * One request with its redirects, headers and body. The failure is an answer that is never acceptable (too long, a redirect
 * elsewhere); what goes wrong on the way is thrown.
 */
export async function exchange(
  request: ExchangeRequest,
  { onSend, onArrival }: ExchangeListeners,
): Promise<Result<Exchange, string>> {
  const followed = request.send === undefined ? REDIRECTS : REDIRECTS_OF_SENDING;
  let url = request.url;
  for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects += 1) {
    onSend();
    const headers = { ...request.headers, ...(url.origin === request.url.origin ? request.secretHeaders : {}) };
    const response = await openRequest(url, { headers, send: request.send, signal: request.signal });
    const { status, header } = response;
    if (status >= 200 && status < 300) {
      onArrival?.();
      const body = await readBody(response, request.maxBytes, onArrival);
      return body.ok ? success({ status, header, body: body.value, failureText: null }) : body;
    }
    if (!followed.includes(status)) return success(await endFailed(response, request));
    response.discard();
    const next = resolveRedirect(url, header('location'));
    if (!next.ok) return next;
    url = next.value;
  }
  return failure(`more than ${MAX_REDIRECTS} redirects`);
}

async function endFailed(response: WireResponse, { wantsFailureText }: ExchangeRequest): Promise<Exchange> {
  const failureText = wantsFailureText ? await readBeginning(response) : null;
  response.discard();
  return { status: response.status, header: response.header, body: null, failureText };
}

/**
 * A request's address, with credentials in the URL (of a mirror behind basic authentication) turned into a header, since
 * messages must not show them. Null where it is no http(s) URL.
 */
export function splitCredentials(
  text: string,
): { readonly url: URL; readonly secretHeaders: Readonly<Record<string, string>> } | null {
  if (!URL.canParse(text)) return null;
  const url = new URL(text);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return null;
  if (url.username === '' && url.password === '') return { url, secretHeaders: {} };
  const credentials = `${decode(url.username)}:${decode(url.password)}`;
  url.username = '';
  url.password = '';
  return { url, secretHeaders: { authorization: `Basic ${Buffer.from(credentials).toString('base64')}` } };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
