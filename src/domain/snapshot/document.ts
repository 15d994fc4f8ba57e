import type { AttackGroup, AttackRole, AttackTactic } from '../attack/attack.ts';
import type { CvssMetric } from '../cvss/cvss-metric.ts';
import type { SourceName } from '../source/lookup.ts';
import type { Automatable, Exploitation, TechnicalImpact } from '../ssvc/decision-points.ts';

/**
 * The bundled snapshot as it stands in its file: facts per source and CVE, without descriptions. What a source does not
 * give is left out of the file (and comes back as null, never as a default value). Tuples keep it small.
 */
export interface SnapshotDocument {
  readonly schemaVersion: 1;
  /** ISO 8601: the newest moment of each source's facts. */
  readonly asOf: Readonly<Record<SourceName, string>>;
  /** Whether the EPSS file was FIRST's whole day; only then does a missing score mean that FIRST has none. */
  readonly epssComplete: boolean;
  /** Ids of the publications that mappings refer to by position. */
  readonly publications: readonly PublicationTuple[];
  /** Names of weaknesses by number, as in MITRE's CWE. */
  readonly cweNames: Readonly<Record<string, string>>;
  readonly attack: AttackDocument;
  /** By CVE id. */
  readonly cves: Readonly<Record<string, SnapshotEntry>>;
  /** By CVE id, also for CVEs that `cves` does not have. */
  readonly mappings: Readonly<Record<string, readonly MappingTuple[]>>;
}

/** What the snapshot has of one CVE; a part that is missing was not at hand when it was built. */
export interface SnapshotEntry {
  readonly nvd?: NvdFacts;
  readonly ssvc?: CveOrgFacts;
  readonly kev?: KevFacts;
  readonly epss?: readonly [probability: number, percentile: number | null];
}

/** The facts of a CVE record, whoever published it. */
export interface RecordFacts {
  /** ISO 8601: when these facts were true at the source; left out where it is `lastModified`. */
  readonly at?: string;
  readonly rejected?: true;
  readonly published?: string;
  readonly lastModified?: string;
  /** Numbers of CWE ids. */
  readonly cwes?: readonly number[];
  readonly affected?: readonly AffectedTuple[];
  readonly cvss?: readonly CvssTuple[];
  readonly ssvc?: SsvcTuple;
  readonly exploitReferences?: readonly string[];
}

export interface NvdFacts extends RecordFacts {
  /** Left out for records of NVD's feed 1.1, which has no status. */
  readonly status?: string;
}

export interface CveOrgFacts extends RecordFacts {
  readonly assigner?: string;
}

/** CISA's fields without its two texts (short description and required action). */
export interface KevFacts {
  readonly vendor: string;
  readonly product: string;
  readonly name: string;
  readonly added: string;
  readonly due?: string;
  readonly ransomware?: true;
  readonly cwes?: readonly number[];
}

export type AffectedTuple = readonly [vendor: string, product: string, versions?: string];

export type CvssTuple = readonly [
  version: CvssMetric['version'],
  vector: string,
  baseScore: number,
  severity: CvssMetric['severity'],
  source: string,
  type: CvssMetric['type'],
];

export type SsvcTuple = readonly [
  exploitation: Exploitation | null,
  automatable: Automatable | null,
  technicalImpact: TechnicalImpact | null,
  timestamp: string | null,
];

export type PublicationTuple = readonly [name: string, confidence: number];

export type MappingTuple = readonly [techniqueId: string, role: AttackRole, publication: number];

/** A release of ATT&CK: names and relations only. Tactics and groups of a technique are positions in the lists beside it. */
export interface AttackDocument {
  readonly version: string | null;
  readonly modified: string;
  readonly tactics: readonly AttackTactic[];
  readonly groups: readonly AttackGroup[];
  readonly techniques: readonly TechniqueTuple[];
}

export type TechniqueTuple = readonly [
  techniqueId: string,
  name: string,
  tactics: readonly number[],
  groups: readonly number[],
];
