import type { FindingStatus } from '../../domain/assessment/finding-schema.ts';
import type { CveFacts } from '../../domain/finding/cve-facts.ts';
import { recordOf } from '../../domain/source/lookup.ts';

/**
 * Where a finding stands. A CVE exists as soon as any source has a record of it; it is not found only where both registers (NVD
 * and the CVE Program) were read and do not know it, and no report says anything of it. What could not be read leaves it incomplete, never "not found"; so
 * does that it cannot be decided whether the component is affected. A record that was handed in and is withdrawn counts where no register has the id.
 */
export function statusOf(facts: CveFacts, isUndecided = false): FindingStatus {
  const { nvd, ssvc, kev, epss, reported } = facts;
  if (recordOf(nvd)?.rejected || recordOf(ssvc)?.rejected) return 'rejected';
  if (kev.kind !== 'found' && reported?.record.isWithdrawn) return 'rejected';
  const isKnown = reported !== undefined || [nvd, ssvc, kev, epss].some((lookup) => lookup.kind === 'found');
  if (!isKnown && nvd.kind === 'absent' && ssvc.kind === 'absent') return 'not_found';
  const isUnread = [nvd, ssvc, kev, epss].some((lookup) => lookup.kind === 'unavailable');
  return isUnread || isUndecided ? 'incomplete' : 'assessed';
}
