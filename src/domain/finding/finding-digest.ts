import type { Finding } from '../assessment/finding-schema.ts';
import { type LossShare, toLossShare } from '../fair/loss-share.ts';
import { isLivedWith } from '../ticket/sighting.ts';

/** What a summary of an assessment needs of each finding. */
export type FindingDigest = Pick<
  Finding,
  'vulnerabilityId' | 'title' | 'status' | 'kevStatus' | 'kev' | 'bod2604' | 'sources'
> & {
  readonly level: Finding['risk']['level'];
  /** The first affected product; null where none is known. */
  readonly product: string | null;
  /** Its part in what all may cost; null where it has no loss. */
  readonly loss: LossShare | null;
  /** Whether people have decided to live with it; not said in stores of earlier versions. */
  readonly isLivedWith?: boolean;
};

/** What a summary needs of a finding. */
export function toDigest(finding: Omit<Finding, 'narrative'>): FindingDigest {
  const { vulnerabilityId, title, status, kevStatus, kev, bod2604, sources, risk, affected } = finding;
  const product = affected[0]?.product ?? null;
  const loss = toLossShare(finding);
  const about = { vulnerabilityId, title, status, level: risk.level, kevStatus, kev, bod2604, sources, product, loss };
  return isLivedWith(finding) ? { ...about, isLivedWith: true } : about;
}
