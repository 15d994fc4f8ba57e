/** MITRE ATT&CK Enterprise, the parts that an assessment uses. */

/** A technique or sub-technique; revoked and deprecated ones and mitigations that carry T-ids are not among them. */
export interface AttackTechnique {
  /** `T1190` or `T1059.001`. */
  readonly techniqueId: string;
  readonly name: string;
  /** Tactic short names in kill-chain order, such as `initial-access`. */
  readonly tactics: readonly string[];
  /** Ids of groups (`G0007`) seen using the technique; empty where the bundle has no relationships. */
  readonly groups: readonly string[];
}

/** A tactic: `TA0001`, `initial-access`, `Initial Access`. */
export interface AttackTactic {
  readonly tacticId: string;
  readonly shortName: string;
  readonly name: string;
}

/** An intrusion set: `G0007`, `APT28`. */
export interface AttackGroup {
  readonly groupId: string;
  readonly name: string;
}

/** One release of ATT&CK. */
export interface AttackCatalogue {
  /** Release such as `18.0`; null where the bundle does not say. */
  readonly version: string | null;
  /** ISO 8601, the newest modification in the bundle. */
  readonly modified: string;
  readonly techniques: readonly AttackTechnique[];
  readonly tactics: readonly AttackTactic[];
  readonly groups: readonly AttackGroup[];
}

/** What part a technique plays for a vulnerability (terms of CTID's CVE mapping methodology). */
export type AttackRole = 'exploitation' | 'primary_impact' | 'secondary_impact' | 'uncategorized';

/** Where a mapping comes from: published by CTID, the CWE → CAPEC → ATT&CK chain, the trained model, or a rule. */
export type AttackMappingSource = 'mapping' | 'capec' | 'model' | 'rule';

/** One CVE-to-technique mapping. */
export interface AttackMapping {
  readonly techniqueId: string;
  readonly role: AttackRole;
  readonly source: AttackMappingSource;
  /** 0 to 1: the expected share of such mappings that an analyst would confirm. */
  readonly confidence: number;
  /** What speaks for it, most telling first: features of the model, the CWE chain, or the publication. */
  readonly because: readonly string[];
}
