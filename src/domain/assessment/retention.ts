import type { AssessmentStatus } from './schema.ts';

/** How long assessments are kept. */
export interface Retention {
  /** Days; older ones may go. */
  readonly days: number;
  /** Of the newest, so many stay, however old they are. */
  readonly keep: number;
}

const DAY_MS = 86_400_000;

/** The assessments that a retention lets go: older than its days, not among the newest, and never one that is being worked on. */
export function selectExpired<Listing extends { readonly id: string; createdAt: string; status: AssessmentStatus }>(
  listings: readonly Listing[],
  { days, keep }: Retention,
  now: Date,
): Listing[] {
  const newestFirst = listings.toSorted((one, other) => (one.id < other.id ? 1 : -1));
  const limit = now.getTime() - days * DAY_MS;
  return newestFirst
    .slice(keep)
    .filter(({ createdAt, status }) => status !== 'running' && Date.parse(createdAt) < limit);
}
