import type { AttackRole } from '../../domain/attack/attack.ts';

/** What one weight vector estimates: that a technique applies in any role, or in one role. */
export type HeadRole = 'any' | Exclude<AttackRole, 'uncategorized'>;

/** One logistic regression: the weight of feature `f` is `weights[f] * step`. */
export interface ThreatHead {
  readonly techniqueId: string;
  readonly role: HeadRole;
  readonly bias: number;
  readonly step: number;
  /** One integer of -127 to 127 for each feature of the model. */
  readonly weights: readonly number[];
}

/** One labelled CVE as the nearest-neighbour half of the model keeps it: no text, only positions. */
export interface ThreatExample {
  readonly cveId: string;
  /** Positions in `features`. */
  readonly features: readonly number[];
  /** Positions in `heads` that are true of the CVE. */
  readonly heads: readonly number[];
}

/** One point of the calibration: predictions with about this `score` were right in `share` of the cases. */
export interface CalibrationPoint {
  readonly score: number;
  readonly share: number;
}

/** The trained model as `data/threat-model.json.gz` holds it; tools/train-threat-model.ts writes it. */
export interface ThreatModelFile {
  readonly format: 'eras-threat-model/1';
  /** Origin, licences and measured figures; for people, not read by the code. */
  readonly meta: Readonly<Record<string, unknown>>;
  /** Names as `findFeatures` gives them. */
  readonly features: readonly string[];
  /** The value of each feature where it occurs: inverse document frequency for words, a constant for the others. */
  readonly scales: readonly number[];
  readonly heads: readonly ThreatHead[];
  readonly examples: readonly ThreatExample[];
  /** For the scores of heads `any` and `exploitation`; ascending in score and share. */
  readonly calibration: {
    readonly any: readonly CalibrationPoint[];
    readonly exploitation: readonly CalibrationPoint[];
  };
  /** CWE id → parent techniques by CWE → CAPEC → ATT&CK, for weaknesses that the model has not learnt. */
  readonly chain: Readonly<Record<string, readonly string[]>>;
  /** Share of the chain's techniques that analysts confirmed, over the labelled CVEs. */
  readonly chainShare: number;
}

/** The examples that have a feature, and its value in the vector of each, whose length is 1. */
export interface ThreatPostings {
  readonly examples: Uint32Array;
  readonly values: Float64Array;
}

/** The model with the indexes that prediction needs. */
export interface ThreatModel extends ThreatModelFile {
  readonly featureIndex: ReadonlyMap<string, number>;
  readonly postings: readonly ThreatPostings[];
  /** For each feature, its weight in each head. */
  readonly weightsOf: readonly Int8Array[];
}
