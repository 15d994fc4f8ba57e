import { type Finding, RISK_LEVELS, type RiskLevel } from '../../domain/assessment/finding-schema.ts';
import { isLivedWith } from '../../domain/ticket/sighting.ts';
import type { DueDay, HeatCell, ScorePoint, TechniqueCell } from '../charts/chart.ts';
import { plainText } from '../words.ts';
import { FixPlan, type PlannedFix } from './fix-plan.ts';
import type { DocumentLimits } from './limits.ts';
import type { Messages } from './messages/messages.ts';
import { placeOf } from './place-of.ts';
import { type RegisterRow, toRegisterRow } from './register-row.ts';
import { Tally } from './tally.ts';

/** A vulnerability that is explained: its most urgent finding, and where else it is. */
export interface Explained {
  readonly finding: Finding;
  readonly otherPlaces: string[];
  otherFindings: number;
}

/** An input that is not known for some findings, and for how many the outcome hangs on it. */
export interface UnknownCount {
  readonly name: string;
  readonly affects: string;
  readonly count: number;
  readonly decides: number;
}

/** All that a report says of the findings, of one pass over them: bounded by the limits and by the number of distinct fixes, ids and days. */
export interface Survey {
  readonly findings: number;
  readonly vulnerabilities: number;
  readonly incomplete: number;
  readonly notFound: number;
  readonly rejected: number;
  readonly exploited: number;
  readonly ransomware: number;
  readonly withAsset: number;
  readonly fromModel: number;
  readonly totalImpact: number;
  readonly heat: readonly HeatCell[];
  readonly days: readonly DueDay[];
  readonly points: readonly ScorePoint[];
  readonly techniques: readonly TechniqueCell[];
  readonly fixes: readonly PlannedFix[];
  readonly explained: readonly Explained[];
  readonly register: readonly RegisterRow[];
  readonly accepted: readonly Finding[];
  readonly acceptedTotal: number;
  /** Accepted risks that have expired, or that are to be reviewed. */
  readonly acceptancesEnded: number;
  /** Findings with something to do of which it could not be read whether CISA lists them. */
  readonly listingUnread: number;
  /** Findings that stay due though somebody says that they are not affected, or fixed. */
  readonly contested: number;
  readonly unknowns: readonly UnknownCount[];
  readonly models: readonly string[];
}

/** Places of one vulnerability that are named beside the first. */
const MOST_PLACES = 20;
/** Accepted risks that are listed; more than these are not being decided one by one. */
const MOST_ACCEPTED = 500;

/** Reads the findings once, in their order of urgency. */
export async function surveyFindings(
  findings: AsyncIterable<Finding>,
  limits: DocumentLimits,
  messages: Messages,
): Promise<Survey> {
  const counts = {
    findings: 0,
    incomplete: 0,
    notFound: 0,
    rejected: 0,
    exploited: 0,
    ransomware: 0,
    withAsset: 0,
    fromModel: 0,
    totalImpact: 0,
    listingUnread: 0,
    contested: 0,
  };
  const seen = new Set<string>();
  const heat = new Map<string, { -readonly [Key in keyof HeatCell]: HeatCell[Key] }>();
  const days = new Tally<Omit<DueDay, 'count'>>();
  const points = new Tally<Omit<ScorePoint, 'count'>>();
  const techniques = new Tally<Omit<TechniqueCell, 'count'>>();
  const unknowns = new Map<string, { name: string; affects: string; count: number; decides: number }>();
  const plan = new FixPlan();
  const explained = new Map<string, Explained>();
  const register: RegisterRow[] = [];
  const accepted: Finding[] = [];
  const models = new Set<string>();
  let acceptedTotal = 0;
  let acceptancesEnded = 0;

  for await (const finding of findings) {
    count(counts, finding);
    seen.add(finding.vulnerabilityId);
    addHeat(heat, finding);
    addDay(days, finding);
    addPoint(points, finding);
    addTechniques(techniques, finding);
    addUnknowns(unknowns, finding);
    plan.add(finding);
    addExplained(explained, finding, limits.explained, messages);
    if (register.length < limits.listed) register.push(toRegisterRow(finding, messages));
    if (finding.narrative.model !== null && models.size < 20) models.add(plainText(finding.narrative.model, 80));
    if (finding.acceptance !== null) {
      acceptedTotal += 1;
      if (finding.acceptance.state !== 'active') acceptancesEnded += 1;
      if (accepted.length < MOST_ACCEPTED) accepted.push(finding);
    }
  }
  return {
    ...counts,
    vulnerabilities: seen.size,
    heat: [...heat.values()].sort((one, other) => other.likelihood - one.likelihood || one.impact - other.impact),
    days: days.entries().sort((one, other) => compare(one.date, other.date) || byLevel(one.level, other.level)),
    points: points.entries(),
    techniques: techniques
      .entries()
      .sort((one, other) => other.count - one.count || compare(one.techniqueId, other.techniqueId)),
    fixes: plan.ordered(),
    explained: [...explained.values()],
    register,
    accepted,
    acceptedTotal,
    acceptancesEnded,
    unknowns: [...unknowns.values()].sort((one, other) => other.decides - one.decides || other.count - one.count),
    models: [...models].sort(),
  };
}

type Counts = {
  -readonly [Key in
    | 'findings'
    | 'incomplete'
    | 'notFound'
    | 'rejected'
    | 'exploited'
    | 'ransomware'
    | 'withAsset'
    | 'fromModel'
    | 'totalImpact'
    | 'listingUnread'
    | 'contested']: number;
};

function count(counts: Counts, finding: Finding): void {
  counts.findings += 1;
  if (finding.status === 'incomplete') counts.incomplete += 1;
  if (finding.status === 'not_found') counts.notFound += 1;
  if (finding.status === 'rejected') counts.rejected += 1;
  if (isExploited(finding)) counts.exploited += 1;
  if (finding.kev?.knownRansomwareCampaignUse === 'Known') counts.ransomware += 1;
  if (finding.asset !== null) counts.withAsset += 1;
  if (finding.narrative.source === 'llm') counts.fromModel += 1;
  if (finding.ssvc?.technicalImpact === 'total') counts.totalImpact += 1;
  if (finding.kevStatus === 'unknown' && finding.risk.level !== null && !isExploited(finding))
    counts.listingUnread += 1;
  if (finding.risk.level !== null && CLEARING.has(finding.vex?.status ?? '')) counts.contested += 1;
}

/** Statements that leave nothing to do, where they count. */
const CLEARING: ReadonlySet<string> = new Set(['not_affected', 'fixed']);

/** Whether it is known to be exploited, by CISA's catalogue or by another source. */
function isExploited({ kevStatus, ssvc }: Finding): boolean {
  return kevStatus === 'listed' || ssvc?.exploitation === 'active';
}

function addHeat(heat: Map<string, { -readonly [Key in keyof HeatCell]: HeatCell[Key] }>, { risk }: Finding): void {
  const { likelihood, impact, level } = risk;
  if (likelihood === null || impact === null || level === null) return;
  const key = `${likelihood}/${impact}`;
  const known = heat.get(key);
  if (known === undefined) heat.set(key, { likelihood, impact, level, count: 1 });
  else {
    known.count += 1;
    if (byLevel(level, known.level) < 0) known.level = level;
  }
}

function addDay(days: Tally<Omit<DueDay, 'count'>>, finding: Finding): void {
  const { bod2604, risk } = finding;
  const date = bod2604?.dueDate ?? null;
  if (date === null || risk.level === null || isLivedWith(finding)) return;
  days.add(`${date} ${risk.level}`, { date, level: risk.level });
}

function addPoint(points: Tally<Omit<ScorePoint, 'count'>>, finding: Finding): void {
  const { cvss, epss, risk } = finding;
  if (cvss === null || epss === null || risk.level === null) return;
  const point = {
    cvss: cvss.baseScore,
    epss: Math.round(epss.probability * 100) / 100,
    level: risk.level,
    isExploited: isExploited(finding),
  };
  points.add(Object.values(point).join(' '), point);
}

function addTechniques(techniques: Tally<Omit<TechniqueCell, 'count'>>, { attack }: Finding): void {
  for (const { techniqueId, name, tactics, groups = null } of attack) {
    for (const tactic of tactics) {
      techniques.add(`${tactic} ${techniqueId}`, {
        tactic: plainText(tactic, 40),
        techniqueId: plainText(techniqueId, 20),
        name: plainText(name ?? techniqueId, 80),
        groups: groups && { names: groups.names.map((group) => plainText(group, 60)), count: groups.count },
      });
    }
  }
}

function addUnknowns(
  unknowns: Map<string, { name: string; affects: string; count: number; decides: number }>,
  { risk }: Finding,
): void {
  for (const { name, affects, ifWorse, ifBetter } of risk.unknowns) {
    const key = `${name} ${affects}`;
    const known = unknowns.get(key) ?? { name, affects, count: 0, decides: 0 };
    known.count += 1;
    if (ifWorse !== ifBetter) known.decides += 1;
    unknowns.set(key, known);
  }
}

function addExplained(explained: Map<string, Explained>, finding: Finding, limit: number, messages: Messages): void {
  const known = explained.get(finding.vulnerabilityId);
  if (known === undefined) {
    if (explained.size < limit) explained.set(finding.vulnerabilityId, { finding, otherPlaces: [], otherFindings: 0 });
    return;
  }
  known.otherFindings += 1;
  const place = placeOf(finding, messages);
  if (place !== '' && known.otherPlaces.length < MOST_PLACES) known.otherPlaces.push(place);
}

function byLevel(one: RiskLevel, other: RiskLevel): number {
  return RISK_LEVELS.indexOf(one) - RISK_LEVELS.indexOf(other);
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
