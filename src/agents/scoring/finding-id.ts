import { createHash } from 'node:crypto';

/** What makes a finding the same finding: vulnerability, asset, component. */
export interface FindingIdentity {
  readonly vulnerabilityId: string;
  readonly assetId: string | null;
  readonly component: string | null;
}

/** The stable id of a finding: 128 bits of SHA-256 over its identity, in hexadecimal. */
export function findingId({ vulnerabilityId, assetId, component }: FindingIdentity): string {
  return createHash('sha256')
    .update(JSON.stringify([vulnerabilityId, assetId, component]))
    .digest('hex')
    .slice(0, 32);
}
