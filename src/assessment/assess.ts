import { type Checkpointer, superviseAssessment } from '../agents/supervisor/graph.ts';
import type { Agents } from '../agents/supervisor/steps.ts';
import type { AssessmentHead } from '../domain/assessment/schema.ts';
import { type AssessOptions, toOptions } from './assess-options.ts';
import { type AssessCall, createRunContext, type RunContextParts } from './create-run-context.ts';
import { measureAssessment } from './measure-assessment.ts';
import { busyAssessment, getAssessment, type NewAssessment, storeAssessment } from './store-assessment.ts';

/** What assessing depends on. */
export interface AssessParts extends RunContextParts {
  readonly checkpointer: Checkpointer;
  readonly newId: () => string;
  readonly createAgents: (options: AssessOptions) => Promise<Agents>;
}

/** The main job. */
export interface AssessUseCase {
  /** Stores and runs a new assessment; intake began at `startedAt`. Throws the signal's reason when cancelled; the assessment then stays, interrupted. */
  start(input: NewAssessment, call: AssessCall): Promise<AssessmentHead>;
  /**
   * Continues a stored assessment with its own options, or returns it where it is done; `offline` keeps it off the network whatever
   * they say. @throws RiskError `BAD_INPUT` for an unknown id.
   */
  resume(id: string, now: { readonly offline: boolean }, call: AssessCall): Promise<AssessmentHead>;
}

/** Creates the main job from its parts. */
export function createAssessUseCase(parts: AssessParts): AssessUseCase {
  const { store } = parts;

  async function run(id: string, isOffline: boolean, call: AssessCall): Promise<AssessmentHead> {
    const stored = await getAssessment(store, id);
    if (stored.head !== null) {
      // A process that was killed after its last step has left its checkpoints.
      await parts.checkpointer.deleteThread(id);
      return stored.head;
    }
    const context = createRunContext(parts, stored, await store.otherIds(id), call);
    const options = toOptions(stored.request.options);
    const agents = await parts.createAgents({ ...options, offline: options.offline || isOffline });
    return measureAssessment(context, async () => {
      try {
        await superviseAssessment(context, agents, parts.checkpointer);
      } catch (error) {
        await store.setStatus(id, call.signal.aborted ? 'interrupted' : 'failed');
        throw error;
      }
      const { head } = await getAssessment(store, id);
      if (head === null) throw new Error(`the assessment ${id} ended without a report`);
      return head;
    });
  }

  return {
    async start(input, call) {
      const id = await storeAssessment(parts, input, call, false);
      return run(id, input.options.offline, call);
    },
    async resume(id, { offline }, call) {
      const stored = await getAssessment(store, id);
      if (stored.head === null && !(await store.claimAssessment(id))) throw busyAssessment(id);
      call.emit({ type: 'assessment-start', id });
      return run(id, offline, call);
    },
  };
}
