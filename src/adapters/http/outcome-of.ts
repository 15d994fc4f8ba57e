import type { SourceOutcome } from '../../ports/metrics.ts';
import type { Parsed } from './parse-attempt.ts';

const TOO_MANY_REQUESTS = 429;

/** How a try ended, for the metrics. */
export function outcomeOf(tried: Parsed<unknown>): SourceOutcome {
  if (tried.ok) return 'ok';
  const { status } = tried.failure;
  if (tried.isAnswer) return 'absent';
  if (status === null) return 'no_answer';
  if (status === TOO_MANY_REQUESTS) return 'rate_limited';
  return status >= 200 && status < 300 ? 'unreadable' : 'http_error';
}
