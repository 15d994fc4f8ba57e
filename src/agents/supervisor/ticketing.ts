import { Annotation, Command, END, interrupt, START, StateGraph } from '@langchain/langgraph';
import type { Checkpointer } from './graph.ts';

/** The steps of writing tickets, as the supervisor sees them. */
export interface TicketingSteps {
  /** Names the writes that are to be approved; they are the same for as long as the process lives. */
  propose(): Promise<readonly string[]>;
  /** Shows them to whoever may approve them, and asks; false is "not now". */
  ask(): Promise<boolean>;
  /** Makes the writes among those approved that are still to be made. */
  write(approved: readonly string[]): Promise<void>;
}

/** The graph's state: the assessment and the names of what was approved. */
const State = Annotation.Root({ assessmentId: Annotation<string>, approved: Annotation<readonly string[]> });

/** A graph of its own, which follows that of the assessment: approval, where it waits for a person however long that takes, and writing. */
function createTicketing(steps: TicketingSteps) {
  return new StateGraph(State)
    .addNode('approve', async ({ assessmentId }) => {
      const proposed = await steps.propose();
      if (proposed.length === 0) return { approved: [] };
      const isApproved: unknown = interrupt({ assessmentId, writes: proposed.length });
      return { approved: isApproved === true ? proposed : [] };
    })
    .addNode('write', async ({ approved }) => {
      await steps.write(approved);
      return {};
    })
    .addEdge(START, 'approve')
    .addEdge('approve', 'write')
    .addEdge('write', END);
}

/**
 * Writes the tickets of an assessment once a person has approved them. A process that ends while the question stands leaves it standing: the next one
 * asks again. One that ends while it writes leaves the approval: the next one goes on with what was approved. False where it was not approved now.
 * Throws the signal's reason when cancelled.
 */
export async function superviseTickets(
  assessmentId: string,
  steps: TicketingSteps,
  checkpointer: Checkpointer,
  signal: AbortSignal,
): Promise<boolean> {
  const threadId = `tickets:${assessmentId}`;
  // The steps heed the signal themselves: the graph would leave a write under way behind.
  const config = { configurable: { thread_id: threadId }, durability: 'sync' as const };
  const graph = createTicketing(steps).compile({ checkpointer });
  const isStanding = async () => (await graph.getState(config)).next.includes('approve');
  const begun = (await graph.getState(config)).next.length > 0;
  try {
    await graph.invoke(begun ? null : { assessmentId, approved: [] }, config);
    if (await isStanding()) {
      if (!(await steps.ask())) return false;
      await graph.invoke(new Command({ resume: true }), config);
    }
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  }
  await checkpointer.deleteThread(threadId);
  return true;
}
