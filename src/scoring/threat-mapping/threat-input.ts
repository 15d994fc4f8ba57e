import type { CweId } from '../../domain/cwe/cwe-id.ts';

/** What is known of a vulnerability when its techniques are asked for; every part may be empty. */
export interface ThreatInput {
  /** Description, title, KEV name and the like, in any order; the first 8,000 characters in all are read. */
  readonly texts: readonly string[];
  readonly cwes: readonly CweId[];
  /** CVSS vectors of any version; those that cannot be read are passed over. */
  readonly cvssVectors: readonly string[];
}
