import type { Asset } from '../asset/asset.ts';
import type { CveId } from '../cve/cve-id.ts';
import { packageKey } from './package-key.ts';
import type {
  Component,
  GrantedException,
  ReportedVulnerability,
  Sighting,
  SightingEvidence,
  VexStatement,
} from './sighting.ts';

/** What a finding is about: a vulnerability, on an asset where one is known, in a component where one is known. */
export interface Subject {
  /** A CVE id where there is one; else another id (GHSA, RUSTSEC, vendor). */
  readonly vulnerabilityId: string;
  /** Null where the vulnerability has no CVE id. */
  readonly cveId: CveId | null;
  /** Other ids of the same vulnerability. */
  readonly aliases: readonly string[];
  readonly asset: Asset | null;
  readonly component: Component | null;
  readonly evidence: readonly SightingEvidence[];
  /** Pieces of evidence in all, where `evidence` lists only some of them; else left out. */
  readonly evidenceTotal?: number;
  readonly vex: VexStatement | null;
  /** What was reported or published of it: all that is known of an id without a CVE, and of a CVE id that NVD and the CVE Program do not have. */
  readonly reported: ReportedVulnerability | null;
  readonly register: Sighting['register'];
  /** Why it cannot be decided whether the component is affected; null or missing where that is known. */
  readonly undecided?: string | null;
  /** Another system's exception for it; left out where there is none. */
  readonly exception?: GrantedException;
}

/** A vulnerability of which nothing is known but its CVE id. */
export function bareSubject(cveId: CveId): Subject {
  return {
    vulnerabilityId: cveId,
    cveId,
    aliases: [],
    asset: null,
    component: null,
    evidence: [],
    vex: null,
    reported: null,
    register: 'unread',
  };
}

/** Whether a subject says no more than its CVE id, so that it need not be kept. */
export function isBare({ asset, component, evidence, cveId, reported }: Subject): boolean {
  return cveId !== null && asset === null && component === null && evidence.length === 0 && reported === null;
}

/** What tells one component from another: its package URL, else its CPE, else its name with its version. */
export function componentKey(component: Component | null): string | null {
  if (component === null) return null;
  const { purl, cpe, name, installedVersion } = component;
  return purl === null ? (cpe ?? `${name}@${installedVersion ?? ''}`) : packageKey(purl);
}
