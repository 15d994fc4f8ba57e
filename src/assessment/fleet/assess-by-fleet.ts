import type { AssessmentHead } from '../../domain/assessment/schema.ts';
import { orAborted } from '../../kernel/or-aborted.ts';
import { RiskError } from '../../kernel/risk-error.ts';
import type { StoredAssessment } from '../../ports/assessment-store.ts';
import type { RunRef } from '../../ports/job-queue.ts';
import type { AssessUseCase } from '../assess.ts';
import type { AssessCall } from '../create-run-context.ts';
import { busyAssessment, getAssessment, storeAssessment } from '../store-assessment.ts';
import { followRun } from './follow-run.ts';
import { type FleetParts, lastJobsOf, submitRun } from './submit.ts';

/**
 * The main job, done by workers elsewhere: it is stored and put on the queue here, and followed until it is done. Whoever follows may go away: a later
 * `resume` follows again. When cancelled, it cancels the run.
 */
export function createFleetUseCase(parts: FleetParts): AssessUseCase {
  const { store, queue, channel } = parts;

  async function follow(ref: RunRef, call: AssessCall): Promise<AssessmentHead> {
    try {
      return await followRun(parts, ref, call);
    } catch (error) {
      if (call.signal.aborted) await cancel(ref);
      throw error;
    }
  }

  /** Putting thousands of jobs on the queue takes its time: who is cancelled meanwhile does not wait for it, and what comes of it is cancelled. */
  async function submit(stored: StoredAssessment, call: AssessCall): Promise<RunRef> {
    try {
      return await orAborted(submitRun(parts, stored, call.isStreaming === true), call.signal);
    } catch (error) {
      const { id: assessmentId } = stored;
      if (call.signal.aborted) await cancel({ assessmentId, run: await channel.latestRun(assessmentId) });
      throw error;
    }
  }

  async function cancel(ref: RunRef): Promise<void> {
    await store.setStatus(ref.assessmentId, 'interrupted');
    await Promise.race([withdraw(ref), new Promise((resolve) => setTimeout(resolve, PATIENCE_MS).unref())]);
  }

  async function withdraw(ref: RunRef): Promise<void> {
    await channel.cancel(ref);
    await channel.leave(parts.tenant, ref.assessmentId);
    for (const job of lastJobsOf(ref)) await queue.withdraw(job);
  }

  /** The run that somebody works on, or would if there were workers; null where there is none. */
  async function liveRun(assessmentId: string): Promise<RunRef | null> {
    const ref = { assessmentId, run: await channel.latestRun(assessmentId) };
    if (ref.run === 0 || (await channel.ended([ref])).length > 0) return null;
    for (const job of lastJobsOf(ref)) if ((await queue.standing(job)).kind === 'live') return ref;
    return null;
  }

  return {
    async start(input, call) {
      await queue.ready();
      const id = await storeAssessment(parts, input, call, true);
      const stored = await getAssessment(store, id);
      return follow(await submit(stored, call), call);
    },
    async resume(id, { offline }, call) {
      const stored = await getAssessment(store, id);
      if (offline && stored.request.options['offline'] !== true) {
        const message = `the fleet works with the assessment's own options; resume ${id} without --distributed to keep it offline`;
        throw new RiskError({ code: 'BAD_INPUT', message });
      }
      call.emit({ type: 'assessment-start', id });
      if (stored.head !== null) return stored.head;
      await queue.ready();
      const live = await liveRun(id);
      if (live !== null) return follow(live, call);
      if (!(await store.claimAssessment(id, true))) throw busyAssessment(id);
      return follow(await submit(stored, call), call);
    },
  };
}

/** Who wants to stop does not wait longer for the queue: what is left of the run finds itself cancelled. */
const PATIENCE_MS = 2000;
