import type { AttackMapping } from '../../domain/attack/attack.ts';
import type { CveId } from '../../domain/cve/cve-id.ts';
import type { CveOrgRecord, NvdRecord } from '../../domain/cve/records.ts';
import type { CweId } from '../../domain/cwe/cwe-id.ts';
import type { EpssScore } from '../../domain/epss/epss-score.ts';
import type { AssetContext, CveFacts } from '../../domain/finding/cve-facts.ts';
import type { KevEntry } from '../../domain/kev/kev-entry.ts';
import { type Lookup, recordOf, type SourceName } from '../../domain/source/lookup.ts';
import { asTheyArrive } from '../../kernel/as-they-arrive.ts';
import { chunksOf } from '../../kernel/chunks-of.ts';
import { utcDay } from '../../kernel/clock.ts';
import type { ContextSubject } from '../../knowledge/context-of-finding.ts';
import type { GatheredAnswer, NarrativeAgent, RankedFinding, ScoredFinding } from '../../ports/assessment-store.ts';
import { describeFinding } from '../../scoring/finding/describe-finding.ts';
import { judgeFinding } from '../../scoring/finding/judge-finding.ts';
import { statusOf } from '../../scoring/finding/status.ts';
import type { LevelThresholds } from '../../scoring/risk/level.ts';
import type { AttackLibrary } from '../intelligence/attack-library.ts';
import type { RunContext } from '../supervisor/run-context.ts';
import type { ThreatRecord } from '../threat/gather.ts';
import type { NarrativeWriter } from '../write-narratives.ts';
import { findingId } from './finding-id.ts';

/** What the scoring stage needs beside the gathered answers. */
export interface ScoringParts {
  readonly asset: AssetContext;
  readonly thresholds: LevelThresholds;
  readonly library: AttackLibrary;
  /** Techniques that the trained mapping expects of a CVE without a published mapping. */
  readonly predictTechniques: (facts: Omit<CveFacts, 'attack'>) => readonly AttackMapping[];
  readonly cweName: (cweId: CweId) => string | null;
  /** What the company's documents say of a finding. */
  readonly findContext: (finding: ContextSubject) => ScoredFinding['context'];
  /** What is at hand of a source, for answers that were not kept with the run. */
  readonly recall: (source: SourceName, cveIds: readonly CveId[]) => Promise<readonly GatheredAnswer[]>;
}

const CHUNK = 500;

/** The agents that write without asking anybody, and what they write. */
export type AtOnce = Readonly<Record<NarrativeAgent, NarrativeWriter['atOnce']>>;

/** What scoring needs of a run. */
export type ScoringRun = Pick<RunContext, 'assessmentId' | 'startedAt' | 'store'>;

/** Decides some CVEs of a run and stores their findings. */
export type ScoreChunk = (cveIds: readonly CveId[]) => Promise<void>;

/** Decides every CVE of the run, several chunks at a time where there is more than one to do it. No model, no network. */
export async function scoreFindings(run: RunContext, score: ScoreChunk, atOnce: number): Promise<void> {
  const tasks = [...chunksOf(run.cveIds, CHUNK)].map((cveIds) => async () => {
    run.signal.throwIfAborted();
    await score(cveIds);
    return cveIds;
  });
  for await (const scored of asTheyArrive(tasks, atOnce)) {
    for (const cveId of scored) run.emit({ type: 'finding-added', cveId });
  }
}

/**
 * Decides CVEs from the stored answers and stores the findings, together with what rules write of them: it is not for them to wait, unless
 * somebody watches the prose come (the writers are null then).
 */
export function createScorer(run: ScoringRun, parts: ScoringParts, { vulnerability, threat }: AtOnce): ScoreChunk {
  const write = (ranked: RankedFinding): RankedFinding => ({
    ...ranked,
    written: {
      ...(vulnerability === null ? {} : { vulnerability: vulnerability(ranked.finding) }),
      ...(threat === null ? {} : { threat: threat(ranked.finding) }),
    },
  });
  return async (cveIds) => {
    const findings = await scoreChunk(run, await loadFacts(run, cveIds, parts), parts);
    await run.store.saveFindings(run.assessmentId, findings.map(write));
  };
}

async function scoreChunk(
  run: ScoringRun,
  facts: readonly CveFacts[],
  parts: Omit<ScoringParts, 'recall'>,
): Promise<RankedFinding[]> {
  const today = utcDay(run.startedAt);
  // The clock of an id that is not published yet, or was withdrawn, does not run.
  const isRunning = (one: CveFacts) => !['not_found', 'rejected'].includes(statusOf(one));
  const named = facts.map((one) => ({ one, id: idOf(one) }));
  const running = named.filter(({ one }) => isRunning(one)).map(({ id }) => id);
  const firstSeen = await run.store.firstSeen(running, today);
  return named.map(({ one, id }) => scoreFinding(one, id, firstSeen.get(id) ?? today, parts));
}

function idOf({ cveId }: Pick<CveFacts, 'cveId'>): string {
  return findingId({ vulnerabilityId: cveId, assetId: null, component: null });
}

/** One finding from its facts; pure: the same facts on the same day give the same finding. */
export function scoreFinding(
  facts: CveFacts,
  id: string,
  startDate: string,
  parts: Omit<ScoringParts, 'recall'>,
): RankedFinding {
  const { asset, thresholds, library, cweName } = parts;
  const judgement = judgeFinding(facts, { asset, startDate, thresholds });
  const { status, metric, ssvc, bod2604, risk } = judgement;
  const described = describeFinding(facts, metric, cweName);
  return {
    priority: judgement.exactPriority,
    sortKey: sortKeyOf(facts.cveId),
    finding: {
      id,
      vulnerabilityId: facts.cveId,
      cveId: facts.cveId,
      status,
      ...described,
      attack: status === 'rejected' ? [] : facts.attack.map((mapping) => toFindingAttack(mapping, library)),
      ssvc,
      bod2604,
      asset: null,
      component: null,
      evidence: [],
      context: parts.findContext({ vulnerabilityId: facts.cveId, affected: described.affected }),
      vex: null,
      acceptance: null,
      risk,
      sources: describeSources(facts, library),
      loss: null,
    },
  };
}

function describeSources(facts: CveFacts, library: AttackLibrary): RankedFinding['finding']['sources'] {
  const of = (lookup: Lookup<unknown>) =>
    lookup.kind === 'unavailable'
      ? { state: lookup.kind, origin: null, at: null }
      : { state: lookup.kind, origin: lookup.provenance.origin, at: lookup.provenance.at };
  const attack = { state: 'found', ...library.provenance } as const;
  return { nvd: of(facts.nvd), kev: of(facts.kev), epss: of(facts.epss), ssvc: of(facts.ssvc), attack };
}

async function loadFacts(run: ScoringRun, cveIds: readonly CveId[], parts: ScoringParts): Promise<CveFacts[]> {
  const load = async (source: SourceName) => {
    const kept = await run.store.loadAnswers(run.assessmentId, source, cveIds);
    const others = cveIds.filter((cveId) => !kept.has(cveId));
    if (others.length === 0) return kept;
    const recalled = await parts.recall(source, others);
    return new Map([...kept, ...recalled.map((answer) => [answer.cveId, answer] as const)]);
  };
  const [nvd, ssvc, kev, epss, attack] = [
    await load('nvd'),
    await load('ssvc'),
    await load('kev'),
    await load('epss'),
    await load('attack'),
  ];
  return cveIds.map((cveId) => {
    const facts = {
      cveId,
      nvd: lookupOf<NvdRecord>(nvd, cveId),
      ssvc: lookupOf<CveOrgRecord>(ssvc, cveId),
      kev: lookupOf<KevEntry>(kev, cveId),
      epss: lookupOf<EpssScore>(epss, cveId),
    };
    const published = recordOf(lookupOf<ThreatRecord>(attack, cveId))?.published ?? [];
    return { ...facts, attack: published.length > 0 ? published : parts.predictTechniques(facts) };
  });
}

/** The stored look-up; a missing row means that the source's gathering never answered, which is a gap, not an absence. */
function lookupOf<Rec>(answers: ReadonlyMap<CveId, GatheredAnswer>, cveId: CveId): Lookup<Rec> {
  const answer = answers.get(cveId) as GatheredAnswer<Rec> | undefined;
  return answer?.lookup ?? { kind: 'unavailable', reason: 'the source gave no answer' };
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
  };
}

/** By year, then by number: ties of priority fall to the older CVE. */
function sortKeyOf(cveId: CveId): string {
  return cveId.slice(0, 9) + cveId.slice(9).padStart(19, '0');
}
