import { runThatNeeds } from '../../domain/job/job.ts';
import { createStopwatch } from '../../kernel/clock.ts';
import type { StoredAssessment } from '../../ports/assessment-store.ts';
import type { RunRef } from '../../ports/job-queue.ts';
import type { AssessmentEnd } from '../../ports/metrics.ts';
import type { RunChannel } from '../../ports/run-channel.ts';
import { NO_TELEMETRY } from '../../ports/telemetry.ts';
import type { RunContextParts } from '../create-run-context.ts';

/** What becomes of runs that do not end with a report. */
export interface RunEnds {
  /** A job failed for good: the assessment has failed where its run cannot do without it. */
  jobDied(jobId: string): Promise<void>;
  /** Runs were cancelled. */
  cancelled(refs: readonly RunRef[]): Promise<void>;
}

/** Each end is counted by one worker, however many see it. */
export function createRunEnds({
  store,
  clock,
  channel,
  telemetry = NO_TELEMETRY,
}: Pick<RunContextParts, 'store' | 'clock' | 'telemetry'> & { readonly channel: RunChannel }): RunEnds {
  async function count(ref: RunRef, { createdAt }: StoredAssessment, how: AssessmentEnd): Promise<void> {
    if (!(await channel.isFirstToSay(ref, how))) return;
    telemetry.metrics.assessment({ how, seconds: createStopwatch(clock, new Date(createdAt))() / 1000 });
  }

  return {
    async jobDied(jobId) {
      const ref = runThatNeeds(jobId);
      const stored = ref === null ? null : await store.findAssessment(ref.assessmentId);
      if (ref === null || stored === null || stored.head !== null) return;
      await store.setStatus(ref.assessmentId, 'failed');
      await count(ref, stored, 'failed');
      const teller = channel.teller(ref.assessmentId, `${jobId}#0`);
      teller.tell({ type: 'run-end' });
      await teller.flush();
    },
    async cancelled(refs) {
      for (const ref of refs) {
        const stored = await store.findAssessment(ref.assessmentId);
        if (stored !== null && stored.head === null) await count(ref, stored, 'interrupted');
      }
    },
  };
}
