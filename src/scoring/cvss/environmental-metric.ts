import type { Requirement, SecurityRequirements } from '../../domain/asset/control.ts';
import { CVSS_GRAMMARS } from '../../domain/cvss/cvss-grammar.ts';
import type { CvssMetric, CvssSeverity } from '../../domain/cvss/cvss-metric.ts';
import { parseCvssVector } from '../../domain/cvss/cvss-vector.ts';
import { severityOf } from '../../domain/cvss/severity.ts';
import { scoreCvss } from './score-cvss.ts';

/** A metric as it is on one asset. */
export interface EnvironmentalMetric {
  /** With the asset's security requirements. */
  readonly vector: string;
  /** 0.0 to 10.0. */
  readonly score: number;
  readonly severity: CvssSeverity;
}

const VALUES: Readonly<Record<Requirement, string>> = { low: 'L', medium: 'M', high: 'H' };

/** v2.0 has the metrics of a group together or not at all (section 2.3). */
const UNDEFINED_GROUP = { CDP: 'ND', TD: 'ND', CR: 'ND', IR: 'ND', AR: 'ND' };

/**
 * The environmental score of a metric on an asset with security requirements (v2.0, section 2.3.3; v3.1, section 4.1; v4.0, section 4.1). Null where the asset
 * states none, or the vector is not valid.
 */
export function environmentalMetric(
  { vector }: Pick<CvssMetric, 'vector'>,
  requirements: SecurityRequirements,
): EnvironmentalMetric | null {
  const { confidentiality, integrity, availability } = requirements;
  const stated = { CR: confidentiality, IR: integrity, AR: availability };
  const given = Object.entries(stated).flatMap(([name, value]) => (value === null ? [] : [[name, VALUES[value]]]));
  const parsed = parseCvssVector(vector);
  if (given.length === 0 || !parsed.ok) return null;
  const { version, metrics } = parsed.value;
  const all: Record<string, string> = {
    ...(version === '2.0' ? UNDEFINED_GROUP : {}),
    ...metrics,
    ...Object.fromEntries(given),
  };
  const grammar = CVSS_GRAMMARS[version];
  const text = grammar.rules.flatMap(({ name }) => (all[name] === undefined ? [] : [`${name}:${all[name]}`]));
  const whole = parseCvssVector(grammar.header + text.join('/'));
  if (!whole.ok) return null;
  const score = scoreCvss(whole.value).overallScore;
  return { vector: whole.value.text, score, severity: severityOf(version, score) };
}
