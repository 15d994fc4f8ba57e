/** The versions of FIRST's Common Vulnerability Scoring System that records carry. */
export type CvssVersion = '2.0' | '3.0' | '3.1' | '4.0';

/** Qualitative severity, as in the CVSS v3.1 specification, section 5, table 14 (v2.0 has no `CRITICAL`, as NVD rates it). */
export type CvssSeverity = 'NONE' | 'LOW' | 'MEDIUM' | 'HIGH' | 'CRITICAL';

/** One CVSS base metric of a record, with whose it is. */
export interface CvssMetric {
  readonly version: CvssVersion;
  readonly vector: string;
  /** 0.0 to 10.0, as the record states it. */
  readonly baseScore: number;
  readonly severity: CvssSeverity;
  /** Who scored: an e-mail address or organisation id as NVD writes it, or a CNA's short name. */
  readonly source: string;
  /** NVD's `type`; CVE records: `Primary` for the CNA, `Secondary` for an ADP container. */
  readonly type: 'Primary' | 'Secondary';
}
