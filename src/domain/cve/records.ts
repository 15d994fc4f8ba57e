import type { CvssMetric } from '../cvss/cvss-metric.ts';
import type { CweId } from '../cwe/cwe-id.ts';
import type { SsvcSelection } from '../ssvc/decision-points.ts';
import type { CveId } from './cve-id.ts';

/** A product that a record names as affected. `versions` is a readable range, null where the record gives none. */
export interface AffectedProduct {
  readonly vendor: string;
  readonly product: string;
  readonly versions: string | null;
}

/** What every CVE record has in common, whoever published it. Times are ISO 8601 in UTC. */
interface CommonRecord {
  readonly cveId: CveId;
  readonly rejected: boolean;
  readonly title: string | null;
  /** English where there is English; null where the record has no description. */
  readonly description: string | null;
  readonly published: string | null;
  readonly lastModified: string | null;
  readonly cwes: readonly CweId[];
  readonly affected: readonly AffectedProduct[];
  readonly cvss: readonly CvssMetric[];
  /** CISA's selection, where the record carries one. */
  readonly ssvc: SsvcSelection | null;
}

/** A record of the NVD CVE API 2.0, the fields used. */
export interface NvdRecord extends CommonRecord {
  /** NVD's `vulnStatus`, such as `Analyzed`, `Deferred`, `Rejected`. */
  readonly status: string;
  /** URLs of references that NVD tagged `Exploit`. */
  readonly exploitReferences: readonly string[];
}

/** A CVE JSON 5 record of the CVE Program with CISA's ADP container, the fields used. */
export interface CveOrgRecord extends CommonRecord {
  /** Short name of the CNA that assigned the id. */
  readonly assigner: string | null;
  /** URLs of references tagged `exploit` by their publisher. */
  readonly exploitReferences: readonly string[];
}
