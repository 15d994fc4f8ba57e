import { failure, type Result, success } from '../../kernel/result.ts';

/** Redirects followed at most, as browsers of the first web did; sources need one at the most. */
export const MAX_REDIRECTS = 5;

/** Statuses that lead a GET elsewhere. */
export const REDIRECTS: readonly number[] = [301, 302, 303, 307, 308];
/** Of these only, the method stays what it was (RFC 9110, section 15.4). */
export const REDIRECTS_OF_SENDING: readonly number[] = [307, 308];

/** Where a redirect leads, if ERAS goes there: within the same site only, or from http to https on the same host. */
export function resolveRedirect(from: URL, location: string | null): Result<URL, string> {
  if (location === null || !URL.canParse(location, from.href)) return failure('redirect without a usable location');
  const to = new URL(location, from);
  if (to.username !== '' || to.password !== '') return failure('redirect to an address with credentials');
  const isUpgrade = from.protocol === 'http:' && to.protocol === 'https:' && from.hostname === to.hostname;
  if (from.origin === to.origin || isUpgrade) return success(to);
  return failure(`redirect to another site (${to.protocol}//${to.host})`);
}
