import { APIConnectionError, APIConnectionTimeoutError, APIError } from '@anthropic-ai/sdk/error';
import {
  connectionFailure,
  failureOfStatus,
  inBrackets,
  type ModelFailure,
  passingFailure,
} from '../../domain/language-model/model-failure.ts';

/** What the SDK threw, in words of our own: its messages may quote requests. */
export function toFailure(thrown: unknown, now: Date): ModelFailure {
  if (thrown instanceof APIConnectionTimeoutError) return passingFailure('timeout', 'no answer in time');
  if (thrown instanceof APIConnectionError) return connectionFailure(thrown);
  if (!(thrown instanceof APIError)) return passingFailure('bad_answer', 'the answer broke off or cannot be read');
  const { status, type, headers } = thrown;
  if (typeof status === 'number') return failureOfStatus(status, type, headers?.get('retry-after') ?? null, now);
  const kind = type === 'overloaded_error' ? 'overloaded' : 'server_error';
  return passingFailure(kind, `the answer ended in an error${inBrackets(type)}`);
}
