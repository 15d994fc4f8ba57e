import type { HttpPeer } from './http-peer.ts';
import type { SourceCall } from './vulnerability-source.ts';

/**
 * A rolling-window rate limit that a source publishes, and the headers of the account that it counts (an API key). The
 * `id` names the account: requests with the same id share one allowance, whatever URL they go to.
 */
export interface RateLimitLane {
  readonly id: string;
  readonly requests: number;
  readonly windowMs: number;
  /** Sent with requests of this lane, to the origin of the request only, never logged. */
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * What a request that is no GET sends. It must bear being sent twice: it is, where the first answer is lost and `attempts` is not 1. Never
 * logged.
 */
export interface HttpSending {
  readonly method: 'POST' | 'PATCH' | 'DELETE';
  readonly json?: unknown;
  /** Fields of a form (`application/x-www-form-urlencoded`), in the place of JSON. */
  readonly form?: Readonly<Record<string, string>>;
}

/** One request, as an adapter asks for it: a GET unless it sends something. */
export interface HttpRequest {
  readonly source: HttpPeer;
  readonly url: string;
  readonly send?: HttpSending;
  readonly accept?: string;
  /** Largest body accepted, in bytes after decompression of the transport. */
  readonly maxBytes: number;
  /** Accounts to choose from; the one that is free first is used. None: no rate limit. */
  readonly lanes?: readonly RateLimitLane[];
  /** Statuses that answer the question rather than fail it: they end the run of failures and are not retried. */
  readonly answers?: (status: number, header: HeaderReader) => boolean;
  /** Whether a status says that the account of the lane is not accepted: another one is then used, where there is one. */
  readonly refusesAccount?: (status: number, header: HeaderReader) => boolean;
  /** Whether the beginning of the body of a failing answer is wanted, too: it says more than its status. */
  readonly wantsFailureText?: boolean;
  /** Tries in all; 4 unless told. */
  readonly attempts?: number;
  /**
   * A download that may take long on a slow line. The time limit of a request then bounds the wait for its headers and any silence
   * after them, and `totalMs` bounds all of it, tries and waits included.
   */
  readonly bulk?: { readonly totalMs: number };
  readonly call: SourceCall;
}

/** Reads a response header, null where it is missing. */
export type HeaderReader = (name: string) => string | null;

/** A request that did not bring a body. `status` is null where no response arrived. */
export interface HttpFailure {
  readonly ok: false;
  readonly status: number | null;
  readonly header: HeaderReader;
  /** In words, without credentials or query strings: "GET https://host/path failed: HTTP 503". */
  readonly reason: string;
  /** The beginning of what the server sent instead of an answer, as it came; null where it is not known. */
  readonly text: string | null;
  /** Whether the same request may succeed later. */
  readonly retryable: boolean;
}

/** What came of a request after all its retries. */
export type HttpOutcome<Body> =
  | { readonly ok: true; readonly status: number; readonly body: Body; readonly header: HeaderReader }
  | HttpFailure;

/**
 * The one way to the network. Never throws for a failing server, only where `call.signal` aborts (with its reason).
 * Requests of one run (told apart by `call.signal`) on one source share that source's budget of time spent failing.
 */
export interface HttpClient {
  getJson(request: HttpRequest): Promise<HttpOutcome<unknown>>;
  getBytes(request: HttpRequest): Promise<HttpOutcome<Uint8Array>>;
}

/** Where adapters tell of odd data that does not stop them: a static message, variable parts as fields. */
export type SourceLog = (message: string, fields: Readonly<Record<string, unknown>>) => void;
