import type { TechnicalImpact } from '../../domain/ssvc/decision-points.ts';
import type { ImpactLevel, Losses } from '../cvss/metrics-view.ts';

/** What impact is judged from. */
export interface ImpactInputs {
  readonly view: { readonly anySystem: Losses<ImpactLevel>; readonly scopeChanged: boolean };
  readonly technicalImpact: TechnicalImpact;
  /** Business criticality of the asset, 1 (least) to 5 (most). */
  readonly criticality: number;
}

/** The worst that a vector can say; stands in where there is none. */
export const WORST_IMPACT_VIEW: ImpactInputs['view'] = {
  anySystem: { confidentiality: 'high', integrity: 'high', availability: 'high' },
  scopeChanged: true,
};

/** The least that a vector can say. */
export const LEAST_IMPACT_VIEW: ImpactInputs['view'] = {
  anySystem: { confidentiality: 'none', integrity: 'none', availability: 'none' },
  scopeChanged: false,
};

/** CVSS v3.1 specification, section 7.4: weights of the impact metrics. */
export const IMPACT_WEIGHT: Readonly<Record<ImpactLevel, number>> = { none: 0, low: 0.22, high: 0.56 };

/**
 * Lower bounds of the impact bands on CVSS' impact sub-score (v3.1, section 7.1: 1 − (1−C)(1−I)(1−A)): three high metrics give
 * 0.915, two give 0.806, one gives 0.56, one low gives 0.22.
 */
export const IMPACT_BANDS = [
  { atLeast: 0.9, impact: 5 },
  { atLeast: 0.8, impact: 4 },
  { atLeast: 0.56, impact: 3 },
  { atLeast: 0.22, impact: 2 },
] as const;

/** An asset of little importance lowers impact by one; from the middle up, what the vulnerability does decides. */
const CRITICALITY_REDUCTION = (criticality: number): number => (criticality <= 2 ? 1 : 0);

/**
 * Impact, 1 to 5: what the vulnerability does to confidentiality, integrity and availability, one more where it reaches
 * other systems, at least 4 where control of the software is total (SSVC Technical Impact 1.0.0), and less on an asset
 * that matters little.
 */
export function scoreImpact({ view, technicalImpact, criticality }: ImpactInputs): number {
  const band = IMPACT_BANDS.find(({ atLeast }) => impactSubScore(view) >= atLeast)?.impact ?? 1;
  const technical = Math.min(5, band + (view.scopeChanged && band > 1 ? 1 : 0));
  const floored = technicalImpact === 'total' ? Math.max(technical, 4) : technical;
  return Math.max(1, floored - CRITICALITY_REDUCTION(criticality));
}

/** To three decimals, as the weights allow: in binary, 1 − (1 − 0.22) is a little less than 0.22. */
function impactSubScore({ anySystem: { confidentiality, integrity, availability } }: ImpactInputs['view']): number {
  const survive = (level: ImpactLevel) => 1 - IMPACT_WEIGHT[level];
  const subScore = 1 - survive(confidentiality) * survive(integrity) * survive(availability);
  return Math.round(subScore * 1000) / 1000;
}
