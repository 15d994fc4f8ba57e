import type { Result } from '../../kernel/result.ts';
import type { HeaderReader } from '../../ports/http-client.ts';
import { type Attempt, type FailedAttempt, failureMaker, type Target } from './attempt.ts';
import { beginningOf, type JsonFailure } from './body.ts';

/** Makes of a body what was asked for. */
export type Parser<Body> = (bytes: Uint8Array) => Result<Body, JsonFailure>;

/** One try with what its body says. */
export type Parsed<Body> =
  | { readonly ok: true; readonly status: number; readonly body: Body; readonly header: HeaderReader }
  | FailedAttempt;

// Garbage is rarely a glitch: mostly a wrong address or a login page.
const MAX_TRIES_OF_GARBAGE = 2;

/** Reads the body of a try; one that cannot be read is a failed try. */
export function parseAttempt<Body>(result: Attempt, target: Target, parse: Parser<Body>): Parsed<Body> {
  if (!result.ok) return result;
  const { status, body, header } = result;
  const parsed = parse(body);
  if (parsed.ok) return { ok: true, status, body: parsed.value, header };
  const fail = failureMaker(target);
  if (parsed.error === 'cut off') return fail({ what: 'the answer was cut off', status, text: beginningOf(body) });
  return fail({ what: 'the answer is no JSON', status, text: beginningOf(body), maxTries: MAX_TRIES_OF_GARBAGE });
}
