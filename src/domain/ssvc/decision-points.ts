/**
 * Decision points of SSVC (Stakeholder-Specific Vulnerability Categorization, CERT/CC) that ERAS uses. Each list is
 * ordered from the mildest to the most severe value; decision tables rely on that order.
 */

/** Exploitation 1.1.0 */
export const EXPLOITATION = ['none', 'public_poc', 'active'] as const;
export type Exploitation = (typeof EXPLOITATION)[number];

/** Automatable 2.0.0 */
export const AUTOMATABLE = ['no', 'yes'] as const;
export type Automatable = (typeof AUTOMATABLE)[number];

/** Technical Impact 1.0.0 */
export const TECHNICAL_IMPACT = ['partial', 'total'] as const;
export type TechnicalImpact = (typeof TECHNICAL_IMPACT)[number];

/** System Exposure 1.0.1 */
export const EXPOSURE = ['small', 'controlled', 'open'] as const;
export type Exposure = (typeof EXPOSURE)[number];

/** Human Impact 2.0.2 */
export const HUMAN_IMPACT = ['low', 'medium', 'high', 'very_high'] as const;
export type HumanImpact = (typeof HUMAN_IMPACT)[number];

/** Mission and Well-Being Impact 1.0.0 */
export const MISSION_IMPACT = ['low', 'medium', 'high'] as const;
export type MissionImpact = (typeof MISSION_IMPACT)[number];

/** Outcomes of the deployer's table: Defer, Scheduled, Out-of-Cycle, Immediate 1.0.0 */
export const DEPLOYER_DECISION = ['defer', 'scheduled', 'out_of_cycle', 'immediate'] as const;
export type DeployerDecision = (typeof DEPLOYER_DECISION)[number];

/** Outcomes of CISA's coordinator table: CISA Levels 1.1.0 */
export const COORDINATOR_DECISION = ['track', 'track_star', 'attend', 'act'] as const;
export type CoordinatorDecision = (typeof COORDINATOR_DECISION)[number];

/** Outcomes of CISA BOD 26-04: remediation timelines 1.0.0 */
export const BOD_TIMELINE = ['next_upgrade', '60_days', '14_days', '3_days', '3_days_forensics'] as const;
export type BodTimeline = (typeof BOD_TIMELINE)[number];

/** What CISA published for one CVE in its ADP container (or NVD passed on as `ssvcV203`); null where a value is missing. */
export interface SsvcSelection {
  readonly exploitation: Exploitation | null;
  readonly automatable: Automatable | null;
  readonly technicalImpact: TechnicalImpact | null;
  /** ISO 8601, when CISA selected; null where not stated. */
  readonly timestamp: string | null;
}
