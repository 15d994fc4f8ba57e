import type { CveId } from '../../domain/cve/cve-id.ts';
import type { NarrativeAgent } from '../../ports/assessment-store.ts';
import { gatherAnswers } from '../intelligence/gather-answers.ts';
import type { GatherCall, Gatherer } from '../intelligence/gatherer.ts';
import { buildReport, finishReport, type ReportParts } from '../report/write-report.ts';
import { type AtOnce, createScorer, scoreFindings } from '../scoring/score-findings.ts';
import type { CrewBriefing, HireCrew, ScoringCrew } from '../scoring/scoring-crew.ts';
import type { ScoringParts } from '../scoring/scoring-parts.ts';
import { type NarrativeWriter, type WritingShare, writeNarratives } from '../write-narratives.ts';
import { inStage, type RunContext } from './run-context.ts';

/** The agents of a run, as the supervisor sees them. */
export interface Agents {
  readonly vulnerability: { readonly gatherers: readonly Gatherer[]; readonly write: NarrativeWriter };
  readonly threat: { readonly gatherers: readonly Gatherer[]; readonly write: NarrativeWriter };
  /** Resolved when both agents have gathered. */
  readonly scoring: (call: GatherCall) => Promise<Omit<ScoringParts, 'recall' | 'loss'>>;
  readonly hireCrew: HireCrew;
  readonly report: ReportParts;
}

/** A part of the CVEs of a run, gathered by itself. */
export interface GatherBatch {
  readonly cveIds: readonly CveId[];
  /** Whether what is at hand here is stored, too: whoever scores may have another mirror. */
  readonly keepsAll: boolean;
}

/** One agent's first phase: all of its sources at the same time, for all CVEs of the run or some of them. */
export function gather(run: RunContext, agents: Agents, agent: NarrativeAgent, batch?: GatherBatch): Promise<void> {
  const { cveIds, keepsAll } = batch ?? { cveIds: run.cveIds, keepsAll: false };
  const work = async () => {
    await Promise.all(agents[agent].gatherers.map((gatherer) => gatherAnswers(run, agent, gatherer, cveIds, keepsAll)));
  };
  return inStage(run, agent, () => countingLookUps(run, agents, work), 'gather');
}

/** Decides all vulnerabilities of the run from the stored answers. */
export function score(run: RunContext, agents: Agents, crew: ScoringCrew | null): Promise<void> {
  return inStage(run, 'scoring', async () => {
    const parts = await prepareScoring(run, agents);
    const atOnce = atOnceOf(run, agents);
    if (crew === null) return scoreFindings(run, createScorer(run, parts, atOnce), 1);
    const briefing: CrewBriefing = {
      assessmentId: run.assessmentId,
      startedAt: run.startedAt,
      asset: parts.asset,
      thresholds: parts.thresholds,
      loss: parts.loss,
      library: { provenance: parts.library.provenance, gap: parts.library.gap },
      atOnce: { vulnerability: atOnce.vulnerability !== null, threat: atOnce.threat !== null },
    };
    return scoreFindings(run, (ids) => crew.score(briefing, ids), crew.size);
  });
}

/** What is written where it is scored: nothing while somebody watches the prose come. */
export function atOnceOf(run: Pick<RunContext, 'isStreaming'>, { vulnerability, threat }: Agents): AtOnce {
  return run.isStreaming
    ? { vulnerability: null, threat: null }
    : { vulnerability: vulnerability.write.atOnce, threat: threat.write.atOnce };
}

async function prepareScoring(run: RunContext, agents: Agents): Promise<ScoringParts> {
  const call = { signal: run.signal, warn: run.warn, since: run.startedAt };
  const gatherers = [...agents.vulnerability.gatherers, ...agents.threat.gatherers];
  const byName = new Map(gatherers.map((gatherer) => [gatherer.name, gatherer]));
  return {
    ...(await agents.scoring(call)),
    loss: {
      policy: agents.report.lossPolicy,
      simulations: await run.store.countSubjects(run.assessmentId),
    },
    recall: async (source, cveIds) => (await byName.get(source)?.recall(cveIds, call)) ?? [],
  };
}

/** One agent's second phase, for all findings of the run or some of them. */
export function write(run: RunContext, agents: Agents, agent: NarrativeAgent, share?: WritingShare): Promise<void> {
  const work = () => writeNarratives(run, agent, agents[agent].write, share);
  return inStage(run, agent, () => countingLookUps(run, agents, work), 'write');
}

/** Adds what was looked up in the response cache to the assessment's usage, also where the work fails half-way. */
async function countingLookUps(run: RunContext, agents: Agents, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } finally {
    await run.store.addCacheCounts(run.assessmentId, agents.report.takeCacheCounts());
  }
}

/** The last phase: the document's head, which ends the run. */
export async function report(run: RunContext, { report: parts }: Agents): Promise<void> {
  let head: Awaited<ReturnType<typeof buildReport>> | null = null;
  await inStage(run, 'report', async () => {
    head = await buildReport(run, parts);
  });
  await run.confirm();
  if (head !== null) await finishReport(run, head, parts.ledger);
}
