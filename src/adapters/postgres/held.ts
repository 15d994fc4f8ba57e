import type { AssessmentStatus } from '../../domain/assessment/schema.ts';
import { FLEET, isKnownGone, LEASE } from './owner.ts';

/** Who runs an assessment. */
export interface Held {
  readonly status: AssessmentStatus;
  readonly owner: string;
  /** Whether its owner was heard of within the lease. */
  readonly is_fresh: boolean;
}

/** The columns of it, of assessments `a` and their runs `r`. */
export const HELD = `a.status, r.owner, r.touched_at > clock_timestamp() - ${LEASE} AS is_fresh`;
export const FROM = 'FROM eras.assessments a JOIN eras.runs r ON r.assessment_id = a.id';

/** Whether whoever runs it still does, as far as anybody knows. */
export function isAlive({ owner, is_fresh: isFresh }: Held): boolean {
  // What waits on a queue is touched by nobody, however long that takes; the queue tells whether it is still there.
  return owner === FLEET || (isFresh && !isKnownGone(owner));
}
