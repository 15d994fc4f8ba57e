import type { StatedSeverity } from '../../domain/finding/stated-severity.ts';
import type { TechnicalImpact } from '../../domain/ssvc/decision-points.ts';
import type { ImpactInputs } from './impact.ts';

/** What stands in for a CVSS vector where only a word says how bad it is. */
export interface StatedImpact {
  readonly view: ImpactInputs['view'];
  /** Null: the word does not tell. */
  readonly technicalImpact: TechnicalImpact | null;
  /** Middle of the word's band of base scores (CVSS v3.1 specification, section 5). */
  readonly baseScore: number;
}

const lossOf = (
  confidentiality: 'none' | 'low' | 'high',
  integrity: 'none' | 'high',
  availability: 'none' | 'high',
): ImpactInputs['view'] => ({ anySystem: { confidentiality, integrity, availability }, scopeChanged: false });

/**
 * Losses that come to an impact of 2, 3, 4 and 5 of 5: the four words in four steps. A word below high says that control is not total; from high on it
 * does not tell. Our own rule: no standard turns a word into metrics.
 */
export const STATED_IMPACT: Readonly<Record<StatedSeverity, StatedImpact>> = {
  low: { view: lossOf('low', 'none', 'none'), technicalImpact: 'partial', baseScore: 2 },
  medium: { view: lossOf('high', 'none', 'none'), technicalImpact: 'partial', baseScore: 5.5 },
  high: { view: lossOf('high', 'high', 'none'), technicalImpact: null, baseScore: 8 },
  critical: { view: lossOf('high', 'high', 'high'), technicalImpact: null, baseScore: 9.5 },
};
