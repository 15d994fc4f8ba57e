import type { RiskFactor } from '../../domain/assessment/finding-schema.ts';
import type { AssetContext, CveFacts } from '../../domain/finding/cve-facts.ts';
import { type Lookup, recordOf } from '../../domain/source/lookup.ts';
import { SOURCE_TITLES } from '../../domain/source/source-titles.ts';
import { hasPartial } from '../cvss/metrics-view.ts';
import type { RiskJudgement } from '../risk/judge-risk.ts';
import { criticalityFactor, exposureFactor } from './asset-factors.ts';
import type { ChosenMetric } from './chosen-metric.ts';
import { type DecisionInputs, knownValue } from './decision-inputs.ts';

/** What the judgement rests on, in the order in which it was made, each with its source and date. */
export function explainRisk(
  facts: CveFacts,
  metric: ChosenMetric | null,
  inputs: DecisionInputs,
  asset: AssetContext,
  risk: RiskJudgement,
): RiskFactor[] {
  return [
    ...reportFactor(facts),
    exploitationFactor(facts, inputs, risk),
    ...ransomwareFactor(facts),
    epssFactor(facts, inputs),
    automatableFactor(facts, metric, inputs),
    exposureFactor(asset),
    cvssFactor(facts, metric, risk),
    technicalImpactFactor(facts, metric, inputs),
    criticalityFactor(asset),
  ];
}

const asOf = (lookup: Lookup<unknown>): string | null => (lookup.kind === 'unavailable' ? null : lookup.provenance.at);

/** Whose word stands in for a record. */
function reportFactor({ reported, nvd, ssvc }: CveFacts): RiskFactor[] {
  if (reported === undefined) return [];
  const isAbsent = nvd.kind === 'absent' && ssvc.kind === 'absent';
  const effect = isAbsent
    ? 'NVD and the CVE Program do not have this id yet: what its reporters say counts'
    : 'no record of NVD or the CVE Program could be read: what its reporters say stands in, and may be mild';
  return [{ name: 'record', value: 'reported', effect, source: reported.record.by, asOf: null }];
}

function exploitationFactor(facts: CveFacts, inputs: DecisionInputs, risk: RiskJudgement): RiskFactor {
  const value = knownValue(inputs.exploitation);
  const isActive = value === 'active';
  const bySource = {
    kev: { source: SOURCE_TITLES.kev, asOf: asOf(facts.kev) },
    cisa: { source: 'CISA SSVC', asOf: asOf(facts.ssvc) ?? asOf(facts.nvd) },
    nvd_reference: { source: 'references tagged as exploit', asOf: asOf(facts.nvd) ?? asOf(facts.ssvc) },
    vector: { source: 'CVSS exploit maturity', asOf: asOf(facts.nvd) ?? asOf(facts.ssvc) },
  } as const;
  const origin = inputs.source.exploitation;
  return {
    name: 'exploitation',
    value: value ?? `unknown (${inputs.exploitation.join(' or ')})`,
    effect: isActive
      ? `likelihood starts at 5 of 5 (now ${risk.likelihood}): known exploitation beats any forecast`
      : value === null
        ? 'taken at its worst'
        : value === 'public_poc'
          ? 'likelihood at least 2 of 5'
          : 'likelihood follows the forecast',
    ...(origin === null ? { source: 'CISA KEV, CISA SSVC and references', asOf: asOf(facts.kev) } : bySource[origin]),
  };
}

function ransomwareFactor(facts: CveFacts): RiskFactor[] {
  const kev = recordOf(facts.kev);
  if (kev?.knownRansomwareCampaignUse !== 'Known') return [];
  const effect =
    'does not change the score; used in ransomware campaigns, so expect loss of availability and extortion';
  return [{ name: 'ransomware', value: 'Known', effect, source: SOURCE_TITLES.kev, asOf: asOf(facts.kev) }];
}

function epssFactor(facts: CveFacts, inputs: DecisionInputs): RiskFactor {
  const score = recordOf(facts.epss);
  const isActive = knownValue(inputs.exploitation) === 'active';
  const effect =
    score === null
      ? isActive
        ? 'not known; exploitation is, which counts more'
        : 'not known; taken at its worst for the level and at its expected value for the ranking'
      : isActive
        ? 'does not change likelihood: exploitation is known'
        : 'sets the forecast band of likelihood (from 0.5: 4, from 0.1: 3, from 0.01: 2, below: 1)';
  return {
    name: 'epss',
    value: score?.probability ?? null,
    effect,
    source: SOURCE_TITLES.epss,
    asOf: score?.date ?? asOf(facts.epss),
  };
}

function automatableFactor(facts: CveFacts, metric: ChosenMetric | null, inputs: DecisionInputs): RiskFactor {
  const value = knownValue(inputs.automatable);
  const isActive = knownValue(inputs.exploitation) === 'active';
  const effect = isActive
    ? 'decides the remediation timeline; likelihood starts at 5 already'
    : value === 'no'
      ? 'no change'
      : value === 'yes'
        ? '+1 likelihood'
        : 'not known, taken as yes: +1 likelihood';
  return { name: 'automatable', value, effect, ...attribution(facts, metric, inputs.source.automatable) };
}

function technicalImpactFactor(facts: CveFacts, metric: ChosenMetric | null, inputs: DecisionInputs): RiskFactor {
  const value = knownValue(inputs.technicalImpact);
  const effect =
    value === 'partial'
      ? 'no change'
      : value === 'total'
        ? 'impact at least 4 of 5'
        : 'not known, taken as total: impact at least 4 of 5';
  return { name: 'technicalImpact', value, effect, ...attribution(facts, metric, inputs.source.technicalImpact) };
}

function attribution(
  facts: CveFacts,
  metric: ChosenMetric | null,
  source: 'cisa' | 'derived' | null,
): Pick<RiskFactor, 'source' | 'asOf'> {
  if (source === 'cisa') return { source: 'CISA SSVC', asOf: asOf(facts.ssvc) ?? asOf(facts.nvd) };
  if (source === 'derived' && metric !== null) {
    return { source: `derived from the CVSS ${metric.metric.version} vector`, asOf: asOf(metric.lookup) };
  }
  if (source === 'derived') return { source: "its reporter's word for how bad it is", asOf: null };
  return { source: 'no source gives it', asOf: null };
}

function cvssFactor(facts: CveFacts, metric: ChosenMetric | null, risk: RiskJudgement): RiskFactor {
  const isUnread = facts.nvd.kind === 'unavailable' || facts.ssvc.kind === 'unavailable';
  if (metric === null && facts.statedSeverity) {
    return {
      name: 'severity',
      value: facts.statedSeverity,
      effect: isUnread
        ? `no score could be read; its reporter's word may be mild, and impact is ${risk.impact} of 5`
        : `nobody has scored it; from its reporter's word, impact is ${risk.impact} of 5`,
      source: 'what reports it',
      asOf: null,
    };
  }
  if (metric === null) {
    return {
      name: 'cvss',
      value: null,
      effect: isUnread
        ? 'no score could be read; impact is taken at its worst'
        : 'nobody has scored it; impact is taken at its worst',
      source: SOURCE_TITLES.nvd,
      asOf: null,
    };
  }
  const isPartial = metric.view !== null && hasPartial(metric.view.anySystem);
  const reason = isUnread
    ? 'a source that could not be read may carry a worse one, so impact'
    : isPartial
      ? 'what v2.0 calls partial may be high, so impact'
      : "from the vector's impact metrics, impact";
  return {
    name: 'cvss',
    value: metric.metric.vector,
    effect: `${reason} is ${risk.impact} of 5${disagreement(metric)}`,
    source: metric.metric.source,
    asOf: asOf(metric.lookup),
  };
}

/** Records sometimes state a score that their vector does not give: the temporal one, or a mistake. */
function disagreement({ metric, recomputed }: ChosenMetric): string {
  if (recomputed === null) return '; the vector is not valid';
  if (recomputed === metric.baseScore) return '';
  return `; the record states ${metric.baseScore.toFixed(1)}, the vector gives ${recomputed.toFixed(1)}`;
}
