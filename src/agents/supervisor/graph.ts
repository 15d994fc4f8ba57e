import { Annotation, END, START, StateGraph } from '@langchain/langgraph';
import type { BaseCheckpointSaver } from '@langchain/langgraph-checkpoint';
import { gatherAnswers } from '../intelligence/gather-answers.ts';
import type { GatherCall, Gatherer } from '../intelligence/gatherer.ts';
import { buildReport, finishReport, type ReportParts } from '../report/write-report.ts';
import { type AtOnce, createScorer, scoreFindings } from '../scoring/score-findings.ts';
import type { CrewBriefing, HireCrew, ScoringCrew } from '../scoring/scoring-crew.ts';
import type { ScoringParts } from '../scoring/scoring-parts.ts';
import { type NarrativeWriter, writeNarratives } from '../write-narratives.ts';
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

/** Where the graph's steps are remembered, so that a killed run goes on after the last one. */
export type Checkpointer = BaseCheckpointSaver;

/** The graph's state: ids only. Records and findings are rows of the store, checkpoints stay small. */
const State = Annotation.Root({ assessmentId: Annotation<string> });

/**
 * The supervisor: both agents gather at the same time, scoring decides, both agents write at the same time, the report closes.
 * Each step is idempotent over the store, so that a step that was killed half-way is simply run again.
 */
function createSupervisor(run: RunContext, agents: Agents, crew: ScoringCrew | null) {
  const gather = (agent: 'vulnerability' | 'threat') => () =>
    step(
      run,
      agent,
      async () => {
        await Promise.all(agents[agent].gatherers.map((gatherer) => gatherAnswers(run, agent, gatherer)));
      },
      'gather',
    );
  const write = (agent: 'vulnerability' | 'threat') => () =>
    step(run, agent, () => writeNarratives(run, agent, agents[agent].write), 'write');

  return new StateGraph(State)
    .addNode('gather-vulnerability', gather('vulnerability'))
    .addNode('gather-threat', gather('threat'))
    .addNode('score', () => step(run, 'scoring', () => score(run, agents, crew)))
    .addNode('write-vulnerability', write('vulnerability'))
    .addNode('write-threat', write('threat'))
    .addNode('report', () => writeReport(run, agents.report))
    .addEdge(START, 'gather-vulnerability')
    .addEdge(START, 'gather-threat')
    .addEdge(['gather-vulnerability', 'gather-threat'], 'score')
    .addEdge('score', 'write-vulnerability')
    .addEdge('score', 'write-threat')
    .addEdge(['write-vulnerability', 'write-threat'], 'report')
    .addEdge('report', END);
}

async function score(run: RunContext, agents: Agents, crew: ScoringCrew | null): Promise<void> {
  const parts = await prepareScoring(run, agents);
  const { vulnerability, threat } = agents;
  const atOnce: AtOnce = run.isStreaming
    ? { vulnerability: null, threat: null }
    : { vulnerability: vulnerability.write.atOnce, threat: threat.write.atOnce };
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
}

async function prepareScoring(run: RunContext, agents: Agents): Promise<ScoringParts> {
  const call = { signal: run.signal, warn: run.warn };
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

/** Runs an assessment to its end, from the last checkpoint where there is one. Throws the signal's reason when cancelled. */
export async function superviseAssessment(
  run: RunContext,
  agents: Agents,
  checkpointer: BaseCheckpointSaver,
): Promise<void> {
  const crew = await agents.hireCrew(run.cveIds.length);
  const graph = createSupervisor(run, agents, crew).compile({ checkpointer });
  const config = { configurable: { thread_id: run.assessmentId }, signal: run.signal, durability: 'sync' as const };
  const begun = (await graph.getState(config)).next.length > 0;
  try {
    await graph.invoke(begun ? null : { assessmentId: run.assessmentId }, config);
  } catch (error) {
    run.signal.throwIfAborted();
    throw error;
  } finally {
    await crew?.dismiss();
  }
  await checkpointer.deleteThread(run.assessmentId);
}

async function step(
  run: RunContext,
  name: 'vulnerability' | 'threat' | 'scoring',
  work: () => Promise<void>,
  part: 'gather' | 'write' | null = null,
) {
  await inStage(run, name, work, part);
  return {};
}

async function writeReport(run: RunContext, parts: ReportParts) {
  let head: Awaited<ReturnType<typeof buildReport>> | null = null;
  await inStage(run, 'report', async () => {
    head = await buildReport(run, parts);
  });
  if (head !== null) await finishReport(run, head, parts.ledger);
  return {};
}
