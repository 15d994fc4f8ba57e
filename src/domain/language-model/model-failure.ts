import { parseRetryAfter } from '../../kernel/retry-after.ts';
import type { TokenUsage } from './token-usage.ts';

/** Why a call brought no answer. */
export interface ModelFailure {
  readonly kind:
    | 'rate_limited'
    | 'overloaded'
    | 'server_error'
    | 'timeout'
    | 'network'
    | 'bad_answer'
    | 'rejected'
    | 'unauthorized'
    | 'paused'
    | 'unaffordable';
  /** One line, without secrets. */
  readonly reason: string;
  readonly retryable: boolean;
  /** How long the provider asks to wait, milliseconds. */
  readonly retryAfterMs: number | null;
  /** The tokens that the provider had told of before the call failed. */
  readonly usage: TokenUsage | null;
  /** Whether the provider may charge for it: the call reached it, and what it cost was never told to the end. */
  readonly mayBeBilled: boolean;
}

type FailureKind = Extract<ModelFailure['kind'], 'timeout' | 'network' | 'bad_answer' | 'overloaded' | 'server_error'>;

/** A failure on the way, which the same call may overcome; what it cost is not known. */
export function passingFailure(kind: FailureKind, reason: string, usage: TokenUsage | null = null): ModelFailure {
  return { kind, reason, retryable: true, retryAfterMs: null, usage, mayBeBilled: true };
}

/** Codes of Node and of its fetch for a connection that was never made. */
const NEVER_SENT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ENETUNREACH',
  'EHOSTUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** A failure of the connection, from what the SDK threw: where none was made, nothing was sent, and nothing is charged. */
export function connectionFailure(thrown: Error): ModelFailure {
  if (hasCause(thrown, ({ name }) => name === 'CredentialsProviderError'))
    return {
      kind: 'unauthorized',
      reason: 'no AWS credentials are found',
      retryable: false,
      retryAfterMs: null,
      usage: null,
      mayBeBilled: false,
    };
  return { ...passingFailure('network', 'the provider cannot be reached'), mayBeBilled: !wasNeverSent(thrown) };
}

function wasNeverSent(thrown: unknown): boolean {
  return hasCause(thrown, (error) => 'code' in error && typeof error.code === 'string' && NEVER_SENT.has(error.code));
}

/** Whether an error, or what caused it, is of a kind. */
function hasCause(thrown: unknown, isOfKind: (error: Error) => boolean): boolean {
  return thrown instanceof Error && (isOfKind(thrown) || hasCause(thrown.cause, isOfKind));
}

/** A constant such as `overloaded_error`: what else stands in its place may be of any length and hold anything, a key included. */
const CONSTANT = /^[a-z]+(?:_[a-z]+){0,5}$/;
const LONGEST_CONSTANT = 40;

/** The provider's constant for a failure, in brackets; nothing where it is no constant. */
export function inBrackets(detail: string | null | undefined): string {
  return detail && detail.length <= LONGEST_CONSTANT && CONSTANT.test(detail) ? ` (${detail})` : '';
}

/** What an HTTP status says of a call; `detail` is the provider's constant for it. 529 is Anthropic's "overloaded". */
export function failureOfStatus(
  status: number,
  detail: string | null,
  retryAfter: string | null,
  now: Date,
): ModelFailure {
  const reason = `HTTP ${status}${inBrackets(detail)}`;
  const common = { reason, usage: null, mayBeBilled: false };
  if (status === 401 || status === 403)
    return { ...common, kind: 'unauthorized', retryable: false, retryAfterMs: null };
  const retryAfterMs = parseRetryAfter(retryAfter, now);
  if (status === 429) return { ...common, kind: 'rate_limited', retryable: true, retryAfterMs };
  if (status === 503 || status === 529) return { ...common, kind: 'overloaded', retryable: true, retryAfterMs };
  if (status === 408 || status === 409 || status >= 500)
    return { ...common, kind: 'server_error', retryable: true, retryAfterMs };
  return { ...common, kind: 'rejected', retryable: false, retryAfterMs: null };
}
