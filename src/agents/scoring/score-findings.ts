import type { Asset } from '../../domain/asset/asset.ts';
import type { AttackMapping } from '../../domain/attack/attack.ts';
import { type CveId, parseCveId } from '../../domain/cve/cve-id.ts';
import { chooseDecision, type DecisionSubject } from '../../domain/decision/decision.ts';
import type { AssetContext, CveFacts } from '../../domain/finding/cve-facts.ts';
import { bareSubject, componentKey, type Subject } from '../../domain/finding/subject.ts';
import { type Lookup, recordOf } from '../../domain/source/lookup.ts';
import { asTheyArrive } from '../../kernel/as-they-arrive.ts';
import { chunksOf } from '../../kernel/chunks-of.ts';
import { utcDay } from '../../kernel/clock.ts';
import type { NarrativeAgent, RankedFinding } from '../../ports/assessment-store.ts';
import type { MetricsView } from '../../scoring/cvss/metrics-view.ts';
import { estimateLoss, type LossEstimate } from '../../scoring/fair/estimate-loss.ts';
import { applyDecision, type Decided, UNDECIDED } from '../../scoring/finding/decided.ts';
import { describeFinding } from '../../scoring/finding/describe-finding.ts';
import { applyException } from '../../scoring/finding/granted-exception.ts';
import { judgeFinding } from '../../scoring/finding/judge-finding.ts';
import { statusOf } from '../../scoring/finding/status.ts';
import { controlsInPath } from '../../scoring/risk/controls.ts';
import type { AttackLibrary } from '../intelligence/attack-library.ts';
import type { RunContext } from '../supervisor/run-context.ts';
import type { NarrativeWriter } from '../write-narratives.ts';
import { findingId } from './finding-id.ts';
import { loadFacts } from './load-facts.ts';
import type { ScoringParts, ScoringRun } from './scoring-parts.ts';

const CHUNK = 500;

/** The agents that write without asking anybody, and what they write. */
export type AtOnce = Readonly<Record<NarrativeAgent, NarrativeWriter['atOnce']>>;

/** Decides some vulnerabilities of a run, on all assets that have them, and stores the findings. */
export type ScoreChunk = (vulnerabilityIds: readonly string[]) => Promise<void>;

/** Decides every vulnerability of the run, several chunks at a time where there is more than one to do it. No model, no network. */
export async function scoreFindings(run: RunContext, score: ScoreChunk, atOnce: number): Promise<void> {
  const tasks = [...chunksOf<string>([...run.cveIds, ...run.otherIds], CHUNK)].map((ids) => async () => {
    run.signal.throwIfAborted();
    await run.confirm();
    await score(ids);
    return ids;
  });
  for await (const scored of asTheyArrive(tasks, atOnce)) {
    run.telemetry.metrics.cvesProcessed(scored.length);
    for (const id of scored) run.emit({ type: 'finding-added', cveId: id });
  }
}

/**
 * Decides vulnerabilities from the stored answers and stores the findings, together with what rules write of them: it is not for them to wait,
 * unless somebody watches the prose come (the writers are null then).
 */
export function createScorer(run: ScoringRun, parts: ScoringParts, { vulnerability, threat }: AtOnce): ScoreChunk {
  const write = (ranked: RankedFinding): RankedFinding => ({
    ...ranked,
    written: {
      ...(vulnerability === null ? {} : { vulnerability: vulnerability(ranked.finding) }),
      ...(threat === null ? {} : { threat: threat(ranked.finding) }),
    },
  });
  return async (ids) => {
    const subjects = await run.store.loadSubjects(run.assessmentId, ids);
    const facts = await loadFacts(run, ids, subjects, parts);
    // A CVE may be on thousands of assets: they are written as they come, not all at once.
    for (const some of chunksOf(toCases(ids, facts, subjects), CHUNK)) {
      const findings = await scoreCases(run, some, parts);
      await run.store.saveFindings(run.assessmentId, findings.map(write));
    }
  };
}

/** A subject with what is known of its vulnerability. */
export interface Case {
  readonly id: string;
  readonly subject: Subject;
  readonly facts: CveFacts;
}

function toCases(
  ids: readonly string[],
  facts: readonly CveFacts[],
  subjects: ReadonlyMap<string, readonly Subject[]>,
): Case[] {
  return ids.flatMap((vulnerabilityId, index) => {
    const known = facts[index];
    if (known === undefined) return [];
    const all = subjects.get(vulnerabilityId) ?? [bareSubject(vulnerabilityId as CveId)];
    return all.map((subject) => ({ id: idOf(subject), subject, facts: known }));
  });
}

async function scoreCases(
  run: ScoringRun,
  cases: readonly Case[],
  parts: Omit<ScoringParts, 'recall'>,
): Promise<RankedFinding[]> {
  const today = utcDay(run.startedAt);
  // The clock of an id that is not published yet, or was withdrawn, does not run.
  const running = cases.filter(({ facts }) => !['not_found', 'rejected'].includes(statusOf(facts)));
  const firstSeen = await run.store.firstSeen(
    running.map(({ id }) => id),
    today,
  );
  const ids = cases.flatMap(({ subject: { vulnerabilityId, aliases } }) => [vulnerabilityId, ...aliases]);
  const decisions = await parts.findDecisions([...new Set(ids)]);
  return cases.map((one) => {
    const decision = decisions.length === 0 ? null : chooseDecision(decisions, toDecisionSubject(one.subject));
    const listedSince = recordOf(one.facts.kev)?.dateAdded ?? null;
    const own = applyDecision(decision, run.startedAt, listedSince);
    // Another system's exception is heard where nobody has decided here.
    const decided = own === UNDECIDED ? applyException(one.subject.exception, one.facts.kev, run.startedAt) : own;
    return scoreFinding(one, firstSeen.get(one.id) ?? today, parts, decided);
  });
}

function toDecisionSubject({ vulnerabilityId, aliases, asset, component }: Subject): DecisionSubject {
  const names = [component?.purl, component?.cpe, component?.name].filter((name) => typeof name === 'string');
  return { vulnerabilityId, aliases, assetId: asset?.id ?? null, components: names };
}

function idOf({ vulnerabilityId, asset, component }: Subject): string {
  return findingId({ vulnerabilityId, assetId: asset?.id ?? null, component: componentKey(component) });
}

/** One finding from its facts; pure: the same facts and decisions on the same day give the same finding. */
export function scoreFinding(
  { id, subject, facts }: Case,
  startDate: string,
  parts: Omit<ScoringParts, 'recall' | 'findDecisions'>,
  decided: Decided = UNDECIDED,
): RankedFinding {
  const { thresholds, library, cweName } = parts;
  const { vulnerabilityId, cveId, component, evidence, undecided = null } = subject;
  // The company's own decision is about this very place; a supplier's document is about its product.
  const vex = decided.vex ?? subject.vex;
  const asset = contextOf(subject.asset, parts.asset);
  const judgement = judgeFinding(facts, { asset, startDate, thresholds, vex, undecided });
  const { status, metric, ssvc, bod2604, risk } = judgement;
  const { loss, unknowns } =
    risk.level === null ? NO_LOSS : lossOf(id, subject.asset, asset, facts, metric?.view ?? null, parts.loss);
  const described = describeFinding(facts, metric, cweName, asset.requirements ?? null);
  return {
    priority: judgement.exactPriority,
    sortKey: sortKeyOf(vulnerabilityId),
    finding: {
      id,
      vulnerabilityId,
      cveId,
      aliases: [...subject.aliases],
      status,
      ...described,
      attack: status === 'rejected' ? [] : facts.attack.map((mapping) => toFindingAttack(mapping, library)),
      ssvc,
      bod2604,
      asset: subject.asset && describeAsset(subject.asset, asset),
      component: component && { ...component },
      evidence: evidence.map((one) => ({ ...one })),
      ...(subject.evidenceTotal === undefined ? {} : { evidenceTotal: subject.evidenceTotal }),
      context: parts.findContext({ vulnerabilityId, affected: described.affected, listedAs: listedAs(facts) }),
      vex: vex && { ...vex },
      acceptance: decided.acceptance,
      risk: { ...risk, factors: [...risk.factors, ...decided.factors], unknowns: [...risk.unknowns, ...unknowns] },
      sources: describeSources(facts, library),
      loss,
    },
  };
}

/** Where there is nothing to mend there is nothing to lose; without an asset nobody knows what. */
const NO_LOSS: LossEstimate = { loss: null, unknowns: [] };

function lossOf(
  findingId: string,
  asset: Asset | null,
  { exposure, criticality, controls = [] }: AssetContext,
  facts: CveFacts,
  view: MetricsView | null,
  terms: ScoringParts['loss'],
): LossEstimate {
  if (asset === null) return NO_LOSS;
  const inPath = controlsInPath(controls, view, facts.attack).filter(({ technique }) => technique !== null);
  const names = inPath.map(({ control }) => control);
  return estimateLoss({ findingId, facts, asset, controls: names, exposure, criticality }, terms);
}

/** What is known of the asset; what it leaves open is as it is said of all. */
function listedAs({ kev }: Case['facts']): { readonly vendor: string; readonly product: string } | null {
  const entry = recordOf(kev);
  return entry === null ? null : { vendor: entry.vendorProject, product: entry.product };
}

function contextOf(asset: Asset | null, all: AssetContext): AssetContext {
  if (asset === null) return all;
  return {
    exposure: asset.exposure ?? all.exposure,
    criticality: asset.criticality ?? all.criticality,
    humanImpact: asset.humanImpact ?? all.humanImpact,
    missionImpact: asset.missionImpact ?? all.missionImpact,
    ...(asset.controls === undefined ? {} : { controls: asset.controls }),
    ...(asset.requirements === undefined ? {} : { requirements: asset.requirements }),
    ...(asset.inherited === undefined ? {} : { inherited: asset.inherited }),
  };
}

function describeAsset(asset: Asset, { exposure }: AssetContext): RankedFinding['finding']['asset'] {
  const { id, name, criticality, environment, owner, dataSensitivity = null, controls = [], source } = asset;
  const described = {
    id,
    name,
    criticality,
    exposure: exposure ?? 'unknown',
    environment,
    owner,
    dataSensitivity,
  } as const;
  return { ...described, controls: [...controls], source };
}

function describeSources(facts: CveFacts, library: AttackLibrary): RankedFinding['finding']['sources'] {
  const of = (lookup: Lookup<unknown>) =>
    lookup.kind === 'unavailable'
      ? { state: lookup.kind, origin: null, at: null }
      : { state: lookup.kind, origin: lookup.provenance.origin, at: lookup.provenance.at };
  const attack = { state: 'found', ...library.provenance } as const;
  return { nvd: of(facts.nvd), kev: of(facts.kev), epss: of(facts.epss), ssvc: of(facts.ssvc), attack };
}

function toFindingAttack(mapping: AttackMapping, library: AttackLibrary): RankedFinding['finding']['attack'][number] {
  const technique = library.findTechnique(mapping.techniqueId);
  const { techniqueId, role, source, confidence, because } = mapping;
  return {
    techniqueId,
    name: technique?.name ?? null,
    tactics: [...(technique?.tactics ?? [])],
    role,
    source,
    confidence,
    because: [...because],
    ...groupsOf(technique?.groups ?? [], library),
  };
}

/** Names that a finding carries of the groups that use a technique; ATT&CK has the others. */
const GROUPS_NAMED = 3;

function groupsOf(groupIds: readonly string[], library: AttackLibrary) {
  const names = groupIds.flatMap((id) => library.groupName(id) ?? []).sort();
  return names.length === 0 ? {} : { groups: { names: names.slice(0, GROUPS_NAMED), count: names.length } };
}

/** By year, then by number: ties of priority fall to the older CVE, and other ids come after. */
function sortKeyOf(vulnerabilityId: string): string {
  return parseCveId(vulnerabilityId).ok
    ? vulnerabilityId.slice(0, 9) + vulnerabilityId.slice(9).padStart(19, '0')
    : vulnerabilityId;
}
