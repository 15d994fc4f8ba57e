import type { GrantedException } from '../../domain/finding/sighting.ts';
import type { KevEntry } from '../../domain/kev/kev-entry.ts';
import type { Lookup } from '../../domain/source/lookup.ts';
import { type Decided, UNDECIDED } from './decided.ts';

/**
 * Reads an exception that another system has granted, at a moment. It is shown as an acceptance: level and dates stay. Without a last day it is shown and does nothing; nor does it
 * where CISA lists the vulnerability as exploited, or that could not be read.
 */
export function applyException(exception: GrantedException | undefined, kev: Lookup<KevEntry>, now: Date): Decided {
  if (exception === undefined) return UNDECIDED;
  const { system, number, requester, reason, at, until } = exception;
  const isPast = until !== null && new Date(until) <= now;
  const state = isPast ? 'expired' : kev.kind === 'absent' ? 'active' : 'to_review';
  const day = until?.slice(0, 10) ?? '';
  const effects = {
    active: `lived with until ${day}, says ${system}; level and dates stay`,
    expired: `no longer in force since ${day}: to be decided again`,
    to_review: `${kev.kind === 'found' ? 'CISA lists it as exploited' : 'whether CISA lists it as exploited is not known'}: to be reviewed`,
  };
  const effect = until === null ? `deferred in ${system} without a last day: changes nothing` : effects[state];
  const source = `${system} ${number}${requester === null ? '' : `, asked for by ${requester}`}`;
  return {
    vex: null,
    acceptance:
      until === null
        ? null
        : {
            owner: requester ?? `not told by ${system}`,
            reason: reason ?? `not told by ${system}`,
            approver: `${system} ${number}`,
            acceptedAt: at,
            expiresAt: until,
            state,
          },
    factors: [{ name: 'exception', value: 'accepted elsewhere', effect, source, asOf: at }],
  };
}
