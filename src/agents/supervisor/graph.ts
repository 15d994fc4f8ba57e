import { Annotation, END, START, StateGraph } from '@langchain/langgraph';
import type { BaseCheckpointSaver } from '@langchain/langgraph-checkpoint';
import type { ScoringCrew } from '../scoring/scoring-crew.ts';
import type { RunContext } from './run-context.ts';
import { type Agents, gather, report, score, write } from './steps.ts';

/** Where the graph's steps are remembered, so that a killed run goes on after the last one. */
export type Checkpointer = BaseCheckpointSaver;

/** The graph's state: ids only. Records and findings are rows of the store, checkpoints stay small. */
const State = Annotation.Root({ assessmentId: Annotation<string> });

/**
 * The supervisor: both agents gather at the same time, scoring decides, both agents write at the same time, the report closes.
 * Each step is idempotent over the store, so that a step that was killed half-way is simply run again.
 */
function createSupervisor(run: RunContext, agents: Agents, crew: ScoringCrew | null) {
  const node = (work: () => Promise<void>) => async () => {
    await work();
    return {};
  };
  return new StateGraph(State)
    .addNode(
      'gather-vulnerability',
      node(() => gather(run, agents, 'vulnerability')),
    )
    .addNode(
      'gather-threat',
      node(() => gather(run, agents, 'threat')),
    )
    .addNode(
      'score',
      node(() => score(run, agents, crew)),
    )
    .addNode(
      'write-vulnerability',
      node(() => write(run, agents, 'vulnerability')),
    )
    .addNode(
      'write-threat',
      node(() => write(run, agents, 'threat')),
    )
    .addNode(
      'report',
      node(() => report(run, agents)),
    )
    .addEdge(START, 'gather-vulnerability')
    .addEdge(START, 'gather-threat')
    .addEdge(['gather-vulnerability', 'gather-threat'], 'score')
    .addEdge('score', 'write-vulnerability')
    .addEdge('score', 'write-threat')
    .addEdge(['write-vulnerability', 'write-threat'], 'report')
    .addEdge('report', END);
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
