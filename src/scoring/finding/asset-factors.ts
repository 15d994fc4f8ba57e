import type { RiskFactor } from '../../domain/assessment/finding-schema.ts';
import type { AssetContext } from '../../domain/finding/cve-facts.ts';
import type { EnvironmentalMetric } from '../cvss/environmental-metric.ts';
import type { ControlInPath } from '../risk/controls.ts';

/** How exposed the asset is, and what that does. */
export function exposureFactor(asset: AssetContext): RiskFactor {
  const effects = {
    open: 'no reduction',
    controlled: '−1 likelihood',
    small: '−2 likelihood',
  } as const;
  return {
    name: 'exposure',
    value: asset.exposure,
    effect: asset.exposure === null ? 'not known, taken as open' : effects[asset.exposure],
    source: asset.exposure === null ? 'no asset given' : 'asset',
    asOf: null,
  };
}

/** How much the asset matters, and what that does. */
export function criticalityFactor(asset: AssetContext): RiskFactor {
  const { criticality } = asset;
  const effect =
    criticality === null ? 'not known, taken as critical' : criticality <= 2 ? '−1 impact' : 'no reduction';
  return {
    name: 'criticality',
    value: criticality,
    effect,
    source: criticality === null ? 'no asset given' : 'asset',
    asOf: null,
  };
}

/** A control of the asset: it counts only where it stands in the path of this vulnerability. */
export function controlFactor({ control, mitigation, technique, confidence }: ControlInPath): RiskFactor {
  const effect =
    technique === null
      ? 'no change: it does not stand in the path of this vulnerability'
      : `−1 likelihood in all: ${mitigation} mitigates ${technique}, by which it is ${
          confidence === null ? 'exploited' : `probably exploited (derived, confidence ${confidence.toFixed(2)})`
        }`;
  return { name: 'control', value: control, effect, source: 'asset', asOf: null };
}

/** The score with the asset's security requirements; none where it states none. */
export function environmentalFactors(metric: EnvironmentalMetric | null): RiskFactor[] {
  if (metric === null) return [];
  const effect = `environmental score ${metric.score.toFixed(1)} (${metric.severity}): ranks where EPSS is not known`;
  return [{ name: 'environmental', value: metric.vector, effect, source: 'asset', asOf: null }];
}
