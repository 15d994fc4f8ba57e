import type { Finding, FindingStatus, RiskFactor, RiskUnknown } from '../../domain/assessment/finding-schema.ts';
import { parseCveId } from '../../domain/cve/cve-id.ts';
import type { AssetContext, CveFacts } from '../../domain/finding/cve-facts.ts';
import type { VexStatement } from '../../domain/finding/sighting.ts';
import { recordOf } from '../../domain/source/lookup.ts';
import { type EnvironmentalMetric, environmentalMetric } from '../cvss/environmental-metric.ts';
import { controlsInPath } from '../risk/controls.ts';
import { judgeRisk, type RiskInputs } from '../risk/judge-risk.ts';
import type { LevelThresholds } from '../risk/level.ts';
import { STATED_IMPACT } from '../risk/stated-severity.ts';
import { bodDueDate } from '../ssvc/bod-due-date.ts';
import type { UnknownInput } from '../ssvc/decision-table.ts';
import { decideBod2604, decideCoordinator, decideDeployer } from '../ssvc/look-up.ts';
import { controlFactor, environmentalFactors } from './asset-factors.ts';
import { type ChosenMetric, chooseFindingMetric } from './chosen-metric.ts';
import { type DecisionInputs, knownValue, toDecisionInputs } from './decision-inputs.ts';
import { explainRisk } from './factors.ts';
import { statusOf } from './status.ts';
import { clearedBy, vexFactors } from './vex.ts';

/** All that is decided about a finding. */
export interface Judgement {
  readonly status: FindingStatus;
  readonly metric: ChosenMetric | null;
  readonly ssvc: Finding['ssvc'];
  readonly bod2604: Finding['bod2604'];
  readonly risk: Finding['risk'];
  /** The priority before rounding, for ranking. */
  readonly exactPriority: number;
}

/** What judging needs besides the facts. */
export interface JudgementContext {
  readonly asset: AssetContext;
  /** The day that ERAS first saw this finding, `YYYY-MM-DD`: remediation timelines run from it. */
  readonly startDate: string;
  readonly thresholds: LevelThresholds;
  /** What a VEX document says of this product; null where none does. */
  readonly vex?: VexStatement | null;
  /** Why it cannot be decided whether the component is affected; null where that is known. */
  readonly undecided?: string | null;
}

/**
 * Decides one finding: status, the three SSVC decisions, level and priority, with every factor and every unknown. Pure: equal
 * facts give an equal judgement. A rejected or unknown id is no vulnerability: it has no decision and ranks last.
 */
export function judgeFinding(facts: CveFacts, context: JudgementContext): Judgement {
  const undecided = context.undecided ?? null;
  const status = statusOf(facts, undecided !== null);
  const metric = chooseFindingMetric(facts);
  if (status === 'rejected' || status === 'not_found') return unjudged(status, metric, toStatusFactor(status, facts));
  const cleared = clearedBy(facts, context.vex ?? null);
  if (cleared !== null) return unjudged(status, metric, cleared);

  const inputs = toDecisionInputs(facts, metric?.view ?? null, context.asset);
  const deployer = decideDeployer(inputs);
  const coordinator = decideCoordinator(inputs);
  const bod = decideBod2604({ ...inputs, publiclyExposed: toPubliclyExposed(inputs) });
  const { asset } = context;
  const controls = controlsInPath(asset.controls ?? [], metric?.view ?? null, facts.attack);
  const environmental = metric && asset.requirements ? environmentalMetric(metric.metric, asset.requirements) : null;
  const risk = judgeRisk(
    {
      ...toScoreInputs(facts, metric, environmental),
      decision: inputs,
      criticality: asset.criticality,
      isControlled: controls.some(({ technique }) => technique !== null),
    },
    context.thresholds,
  );
  return {
    status,
    metric,
    ssvc: { ...describeInputs(inputs), deployer: deployer.outcome, coordinator: coordinator.outcome },
    bod2604: {
      timeline: bod.outcome,
      row: bod.row,
      startDate: context.startDate,
      dueDate: bodDueDate(context.startDate, bod.outcome),
    },
    risk: {
      likelihood: risk.likelihood,
      impact: risk.impact,
      score: risk.score,
      level: risk.level,
      priority: Math.round(risk.priority * 10) / 10,
      factors: [
        ...explainRisk(facts, metric, inputs, context.asset, risk),
        ...controls.map(controlFactor),
        ...environmentalFactors(environmental),
        ...vexFactors(facts, context.vex ?? null),
        ...doubtFactors(undecided),
      ],
      unknowns: [
        ...toUnknowns('bod2604.timeline', bod.unknowns),
        ...toUnknowns('ssvc.deployer', deployer.unknowns),
        ...toUnknowns('ssvc.coordinator', coordinator.unknowns),
        ...risk.unknowns,
      ],
    },
    exactPriority: risk.priority,
  };
}

/** What the level and the ranking read of scores: of a CVSS metric, else of the word of whoever reports it. */
function toScoreInputs(
  facts: CveFacts,
  metric: ChosenMetric | null,
  environmental: EnvironmentalMetric | null,
): Pick<RiskInputs, 'epss' | 'view' | 'viewMayBeWorse' | 'baseScore'> {
  const stated = metric === null && facts.statedSeverity ? STATED_IMPACT[facts.statedSeverity] : null;
  return {
    epss: recordOf(facts.epss)?.probability ?? null,
    view: metric === null ? (stated?.view ?? null) : metric.view,
    viewMayBeWorse: facts.nvd.kind === 'unavailable' || facts.ssvc.kind === 'unavailable',
    baseScore: environmental?.score ?? metric?.metric.baseScore ?? stated?.baseScore ?? null,
  };
}

const STATUS_FACTORS = {
  rejected: {
    name: 'status',
    value: 'rejected',
    effect: 'the CVE was withdrawn: there is nothing to remediate',
    source: 'NVD, CVE Program',
    asOf: null,
  },
  not_found: {
    name: 'status',
    value: 'not_found',
    effect: 'NVD and the CVE Program do not know this id',
    source: 'NVD, CVE Program',
    asOf: null,
  },
} as const;

/** An id that is no CVE's is known, or not, to the database that gathers such ids. */
function toStatusFactor(status: keyof typeof STATUS_FACTORS, { vulnerabilityId, reported }: CveFacts): RiskFactor {
  const factor = STATUS_FACTORS[status];
  if (reported?.record.isWithdrawn) {
    const effect = 'the record of it that was handed in is withdrawn, and no register that was read has it';
    return { ...factor, effect, source: reported.record.by };
  }
  if (parseCveId(vulnerabilityId).ok) return factor;
  const effect =
    status === 'rejected'
      ? 'the advisory was withdrawn: there is nothing to remediate'
      : 'the database that gathers such ids does not know it';
  return { ...factor, effect, source: 'OSV' };
}

/** A finding that may be none is judged as one: what is unknown counts at its worst. */
function doubtFactors(undecided: string | null): RiskFactor[] {
  if (undecided === null) return [];
  const effect = `whether the component is affected is not decided: ${undecided}; judged as if it were`;
  return [{ name: 'affected', value: 'unknown', effect, source: 'NVD', asOf: null }];
}

function unjudged(status: FindingStatus, metric: ChosenMetric | null, factor: RiskFactor): Judgement {
  return {
    status,
    metric,
    ssvc: null,
    bod2604: null,
    risk: { likelihood: null, impact: null, score: null, level: null, priority: 0, factors: [factor], unknowns: [] },
    exactPriority: 0,
  };
}

/** BOD 26-04 asks whether the asset is publicly exposed: yes for the exposure `open` only. */
function toPubliclyExposed({ exposure }: DecisionInputs): readonly ('no' | 'yes')[] {
  return [...new Set(exposure.map((value) => (value === 'open' ? 'yes' : 'no')))];
}

function describeInputs(inputs: DecisionInputs): Omit<NonNullable<Finding['ssvc']>, 'deployer' | 'coordinator'> {
  return {
    exploitation: knownValue(inputs.exploitation) ?? (inputs.source.exploitation === null ? 'unknown' : 'public_poc'),
    automatable: knownValue(inputs.automatable) ?? 'unknown',
    technicalImpact: knownValue(inputs.technicalImpact) ?? 'unknown',
    exposure: knownValue(inputs.exposure) ?? 'unknown',
    humanImpact: knownValue(inputs.humanImpact) ?? 'unknown',
    missionImpact: knownValue(inputs.missionImpact) ?? 'unknown',
    source: inputs.source,
  };
}

function toUnknowns(affects: string, unknowns: readonly UnknownInput<string>[]): RiskUnknown[] {
  return unknowns.map(({ name, ifWorse, ifBetter }) => ({ name, affects, ifWorse, ifBetter }));
}
