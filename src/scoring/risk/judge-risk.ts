import type { RiskLevel, RiskUnknown } from '../../domain/assessment/finding-schema.ts';
import { AUTOMATABLE, EXPLOITATION, EXPOSURE, TECHNICAL_IMPACT } from '../../domain/ssvc/decision-points.ts';
import { hasPartial, type MetricsView, readPartialAs } from '../cvss/metrics-view.ts';
import type { DecisionInputs } from '../finding/decision-inputs.ts';
import { type ImpactInputs, LEAST_IMPACT_VIEW, scoreImpact, WORST_IMPACT_VIEW } from './impact.ts';
import { decideLevel, type LevelThresholds } from './level.ts';
import { type LikelihoodInputs, scoreLikelihood } from './likelihood.ts';
import { estimatePriority } from './priority.ts';

type StatedView = Pick<MetricsView, 'anySystem' | 'scopeChanged'>;

/** What is known for the level and the ranking; null is unknown. */
export interface RiskInputs {
  readonly decision: Pick<DecisionInputs, 'exploitation' | 'automatable' | 'technicalImpact' | 'exposure'>;
  readonly epss: number | null;
  readonly view: StatedView | null;
  /** Whether a source that could not be read may carry a worse vector than `view`. */
  readonly viewMayBeWorse: boolean;
  readonly baseScore: number | null;
  readonly criticality: number | null;
  /** Whether a control of the asset stands in the path of the attack. */
  readonly isControlled?: boolean;
}

/** Level and rank of a finding, and what each unknown could do to the level. */
export interface RiskJudgement {
  readonly likelihood: number;
  readonly impact: number;
  readonly score: number;
  readonly level: RiskLevel;
  /** 0 to 100, not rounded. */
  readonly priority: number;
  readonly unknowns: readonly RiskUnknown[];
}

/** Every input of the level that may be unknown, with one value: filled in from one end or the other. */
type Filled = LikelihoodInputs & ImpactInputs;

/** Every input's worst (first) and best (second) value that is still possible. */
type Range = { readonly [Name in keyof Filled]: readonly [worst: Filled[Name], best: Filled[Name]] };

/** How the level's inputs are called among the unknowns. */
const UNKNOWN_NAMES: Readonly<Record<keyof Filled, string>> = {
  exploitation: 'exploitation',
  epss: 'epss',
  automatable: 'automatable',
  exposure: 'exposure',
  view: 'cvss',
  technicalImpact: 'technicalImpact',
  criticality: 'criticality',
};

/**
 * Judges a finding. For the level, an unknown input counts at its worst, so that a missing fact never makes anything look safer;
 * for the ranking it counts at its expected value, so that what is merely unknown does not crowd out what is known to be bad.
 */
export function judgeRisk(inputs: RiskInputs, thresholds: LevelThresholds): RiskJudgement {
  const range = toRange(inputs);
  const { isControlled = false } = inputs;
  const worst = fill(range, null);
  const likelihood = scoreLikelihood(worst, isControlled);
  const impact = scoreImpact(worst);
  const score = likelihood * impact;
  return {
    likelihood,
    impact,
    score,
    level: decideLevel(score, thresholds),
    priority: expectedPriority(inputs, range),
    unknowns: levelUnknowns(range, isControlled, thresholds),
  };
}

function toRange(inputs: RiskInputs): Range {
  const { decision, epss, criticality } = inputs;
  return {
    exploitation: ends(EXPLOITATION, decision.exploitation),
    automatable: ends(AUTOMATABLE, decision.automatable),
    technicalImpact: ends(TECHNICAL_IMPACT, decision.technicalImpact),
    exposure: ends(EXPOSURE, decision.exposure),
    epss: epss === null ? [1, 0] : [epss, epss],
    view: viewRange(inputs),
    criticality: criticality === null ? [5, 1] : [criticality, criticality],
  };
}

/** The worst and the best that the vector may mean, or that an unread one may say. */
function viewRange({ view, viewMayBeWorse }: RiskInputs): Range['view'] {
  if (view === null) return [WORST_IMPACT_VIEW, LEAST_IMPACT_VIEW];
  const worst = readAs('high', view);
  const best = hasPartial(view.anySystem) ? readAs('low', view) : worst;
  return [viewMayBeWorse ? WORST_IMPACT_VIEW : worst, best];
}

function readAs(level: 'low' | 'high', { anySystem, scopeChanged }: StatedView): ImpactInputs['view'] {
  return { anySystem: readPartialAs(level, anySystem), scopeChanged };
}

/** The worst and the best of the possible values; `all` is ordered from the mildest. */
function ends<Value extends string>(
  all: readonly [Value, ...Value[]],
  possible: readonly Value[],
): readonly [Value, Value] {
  const open = all.filter((value) => possible.includes(value));
  return [open.at(-1) ?? all.at(-1) ?? all[0], open[0] ?? all[0]];
}

/** All inputs at their worst, but for the one named, which is at its best. */
function fill(range: Range, best: keyof Filled | null): Filled {
  const pick = <Name extends keyof Filled>(name: Name): Filled[Name] => range[name][name === best ? 1 : 0];
  return {
    exploitation: pick('exploitation'),
    epss: pick('epss'),
    automatable: pick('automatable'),
    exposure: pick('exposure'),
    view: pick('view'),
    technicalImpact: pick('technicalImpact'),
    criticality: pick('criticality'),
  };
}

function levelUnknowns(range: Range, isControlled: boolean, thresholds: LevelThresholds): RiskUnknown[] {
  const levelOf = (filled: Filled) =>
    decideLevel(scoreLikelihood(filled, isControlled) * scoreImpact(filled), thresholds);
  const names = Object.keys(UNKNOWN_NAMES) as (keyof Filled)[];
  return names
    .filter((name) => range[name][0] !== range[name][1])
    .map((name) => ({
      name: UNKNOWN_NAMES[name],
      affects: 'risk.level',
      ifWorse: levelOf(fill(range, null)),
      ifBetter: levelOf(fill(range, name)),
    }));
}

/** Middle of the impact scale: what an unscored vulnerability is ranked by. */
const EXPECTED_IMPACT_VIEW: ImpactInputs['view'] = {
  anySystem: { confidentiality: 'high', integrity: 'none', availability: 'none' },
  scopeChanged: false,
};

function expectedPriority(inputs: RiskInputs, range: Range): number {
  const impact = scoreImpact({
    // Later versions call four of five of v2.0's partial losses high (`test/quality/cvss-v2.test.ts`).
    view: inputs.view === null ? EXPECTED_IMPACT_VIEW : readAs('high', inputs.view),
    technicalImpact: range.technicalImpact[1],
    criticality: range.criticality[0],
  });
  return estimatePriority({
    exploitation: range.exploitation[1],
    epss: inputs.epss,
    baseScore: inputs.baseScore,
    automatable: range.automatable[1],
    exposure: range.exposure[0],
    impact,
  });
}
