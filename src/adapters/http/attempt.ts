import type { Clock } from '../../kernel/clock.ts';
import { parseRetryAfter } from '../../kernel/retry-after.ts';
import type { HeaderReader, HttpFailure, HttpRequest } from '../../ports/http-client.ts';
import { type Exchange, exchange } from './exchange.ts';
import { describeNetworkError, duration, publicText, publicUrl } from './failure-words.ts';

/** One try: a body, or a failure with what the retry policy needs to know. */
export type Attempt =
  | { readonly ok: true; readonly status: number; readonly body: Uint8Array; readonly header: HeaderReader }
  | FailedAttempt;

/** A failed try. `maxTries` bounds the tries that failures of this kind are worth; `isAnswer` marks a wanted status. */
export interface FailedAttempt {
  readonly ok: false;
  readonly failure: HttpFailure;
  /** What went wrong, without the address. */
  readonly what: string;
  readonly maxTries: number;
  readonly retryAfterMs: number | null;
  readonly isAnswer: boolean;
}

/** What an attempt works with. */
export interface AttemptTools {
  readonly clock: Clock;
  readonly userAgent: string;
  readonly onSend: () => void;
}

/** The address and the secrets of a request, prepared once for all tries. */
export interface Target {
  readonly method: string;
  readonly url: URL;
  readonly secretHeaders: Readonly<Record<string, string>>;
}

/** What ends an attempt. */
export interface AttemptLimits {
  /** Covers connection, headers and body; of a bulk request, connection and headers, and then any silence. */
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
  /** Told when headers or a piece of a bulk answer arrive. */
  readonly onArrival: () => void;
}

/** Sends a request once. Throws only where `limits.signal` aborts. */
export async function attempt(
  request: HttpRequest,
  target: Target,
  limits: AttemptLimits,
  tools: AttemptTools,
): Promise<Attempt> {
  const isBulk = request.bulk !== undefined;
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(), limits.timeoutMs);
  const fail = failureMaker(target);
  try {
    const headers = { accept: request.accept ?? 'application/json', 'user-agent': tools.userAgent };
    const signal = AbortSignal.any([limits.signal, late.signal]);
    const onArrival = () => {
      timer.refresh();
      limits.onArrival();
    };
    const result = await exchange(
      {
        ...target,
        send: request.send,
        headers,
        maxBytes: request.maxBytes,
        wantsFailureText: request.wantsFailureText,
        signal,
      },
      { onSend: tools.onSend, ...(isBulk ? { onArrival } : {}) },
    );
    if (!result.ok) return fail({ what: result.error, maxTries: 1 });
    return judge(result.value, request, fail, tools.clock, Object.values(target.secretHeaders));
  } catch (thrown) {
    limits.signal.throwIfAborted();
    if (!late.signal.aborted) return fail({ what: describeNetworkError(thrown) });
    const limit = duration(limits.timeoutMs);
    return fail({ what: isBulk ? `nothing arrived for ${limit}` : `no complete answer within ${limit}` });
  } finally {
    clearTimeout(timer);
  }
}

type FailureMaker = (input: {
  readonly what: string;
  readonly status?: number;
  readonly header?: HeaderReader;
  readonly text?: string | null;
  readonly maxTries?: number;
  readonly retryAfterMs?: number | null;
  readonly isAnswer?: boolean;
}) => FailedAttempt;

/** Makes failures that name the request, without its query and credentials. */
export function failureMaker({ url, method }: Pick<Target, 'url' | 'method'>): FailureMaker {
  return ({
    what,
    status,
    header,
    text,
    maxTries = Number.POSITIVE_INFINITY,
    retryAfterMs = null,
    isAnswer = false,
  }) => ({
    ok: false,
    what,
    failure: {
      ok: false,
      status: status ?? null,
      header: header ?? (() => null),
      text: text ?? null,
      reason: `${method} ${publicUrl(url)} failed: ${what}`,
      retryable: maxTries > 1,
    },
    maxTries,
    retryAfterMs,
    isAnswer,
  });
}

function judge(
  { status, header: read, body, failureText }: Exchange,
  request: HttpRequest,
  fail: FailureMaker,
  clock: Clock,
  secrets: readonly string[],
): Attempt {
  const header: HeaderReader = (name) => {
    const value = read(name);
    return value === null ? null : publicText(value, secrets);
  };
  // Of a success nothing is shown: its headers stay as they are.
  if (body !== null) return { ok: true, status, body, header: read };
  const message = header('message');
  return fail({
    what: message === null || message === '' ? `HTTP ${status}` : `HTTP ${status} (${message})`,
    status,
    header,
    text: failureText,
    isAnswer: request.answers?.(status, header) ?? false,
    retryAfterMs: parseRetryAfter(read('retry-after'), clock.now()),
    ...(isWorthRetrying(status) ? {} : { maxTries: 1 }),
  });
}

// 403: NVD and the firewalls before it answer so when asked too fast. 408, 429 and 5xx say it themselves.
function isWorthRetrying(status: number): boolean {
  return status === 403 || status === 408 || status === 429 || status >= 500;
}
