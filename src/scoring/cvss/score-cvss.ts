import calculator from 'ae-cvss-calculator';
import { CVSS_GRAMMARS, type CvssGroup } from '../../domain/cvss/cvss-grammar.ts';
import type { CvssSeverity } from '../../domain/cvss/cvss-metric.ts';
import type { CvssVector } from '../../domain/cvss/cvss-vector.ts';
import { severityOf } from '../../domain/cvss/severity.ts';
import { remember } from '../../kernel/remember.ts';
import { scoreCvss2 } from './score-cvss2.ts';

/** The scores of a CVSS vector, each 0.0 to 10.0 with one decimal. */
export interface CvssScores {
  /** From the base metrics alone (v4.0: CVSS-B). */
  readonly baseScore: number;
  /** Of the base score. */
  readonly severity: CvssSeverity;
  /** Base and threat metrics (v2.0, v3.x: temporal score; v4.0: CVSS-BT); null where no threat metric is defined. */
  readonly temporalScore: number | null;
  /** All metrics (v4.0: CVSS-BTE, or CVSS-BE without a threat metric); null where no environmental metric is defined. */
  readonly environmentalScore: number | null;
  /** The score of the whole vector: the environmental, else the temporal, else the base score. */
  readonly overallScore: number;
}

/**
 * Scores a valid vector by FIRST's specifications. Where v4.0's interpolation ends on x.x5, which the specification
 * leaves to the implementation, the result is that of FIRST's own calculator.
 */
export function scoreCvss(vector: CvssVector): CvssScores {
  const raw = calculate(vector);
  const baseScore = toScore(raw.base);
  const temporalScore = isDefined(vector, 'threat') ? toScore(raw.threat) : null;
  const environmentalScore = isDefined(vector, 'environmental') ? toScore(raw.environmental) : null;
  return {
    baseScore,
    severity: severityOf(vector.version, baseScore),
    temporalScore,
    environmentalScore,
    overallScore: environmentalScore ?? temporalScore ?? baseScore,
  };
}

/** The base score of a valid vector, 0.0 to 10.0 with one decimal. */
export const baseScore = remember(
  (vector: CvssVector) => scoreCvss(vector).baseScore,
  ({ text }) => text,
  8192,
);

/** Scores as calculated, by the groups that they take in; undefined where the library finds no metric of the group. */
interface RawScores {
  readonly base: number | undefined;
  readonly threat: number | undefined;
  readonly environmental: number | undefined;
}

function calculate(vector: CvssVector): RawScores {
  const { version, text } = vector;
  if (version === '4.0') {
    const scores = new calculator.Cvss4P0(text).calculateScores();
    return { base: scores.baseMetricsOnly, threat: scores.threat, environmental: scores.overall };
  }
  if (version === '2.0') {
    const scores = scoreCvss2(vector);
    return { base: scores.base, threat: scores.temporal, environmental: scores.environmental };
  }
  const { base, temporal, environmental } = new calculator[version === '3.0' ? 'Cvss3P0' : 'Cvss3P1'](
    text,
  ).calculateScores();
  return { base, threat: temporal, environmental };
}

/** Whether a group has a metric with a value other than "not defined". */
function isDefined({ version, metrics }: CvssVector, group: CvssGroup): boolean {
  const undefinedValue = version === '2.0' ? 'ND' : 'X';
  return CVSS_GRAMMARS[version].rules.some(
    (rule) => rule.group === group && (metrics[rule.name] ?? undefinedValue) !== undefinedValue,
  );
}

/** One decimal, within the range, and never the negative zero that a formula may give for a vector without impact. */
function toScore(raw: number | undefined): number {
  return Math.min(10, Math.max(0, Math.round((raw ?? 0) * 10) / 10));
}
