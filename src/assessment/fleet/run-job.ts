import type { RunContext } from '../../agents/supervisor/run-context.ts';
import { type Agents, gather, report, score, write } from '../../agents/supervisor/steps.ts';
import type { NarrativeWriter } from '../../agents/write-narratives.ts';
import type { AgentEvent } from '../../domain/assessment/events.ts';
import { type Job, type JobOf, parseJob } from '../../domain/job/job.ts';
import { RiskError } from '../../kernel/risk-error.ts';
import type { NarrativeAgent, StoredAssessment } from '../../ports/assessment-store.ts';
import type { HandleJob, JobOutcome, JobQueue, TakenJob } from '../../ports/job-queue.ts';
import type { RunChannel, Teller } from '../../ports/run-channel.ts';
import { NO_TELEMETRY } from '../../ports/telemetry.ts';
import { type AssessOptions, toOptions } from '../assess-options.ts';
import { createRunContext, type RunContextParts } from '../create-run-context.ts';
import { measureAssessment } from '../measure-assessment.ts';
import { planWriting } from './plan-writing.ts';
import { createRunEnds } from './run-ends.ts';
import { standInForGathering, standInForWriting } from './stand-in.ts';
import { traceJob } from './trace-job.ts';
import { createWorkRooms } from './work-room.ts';

/** What doing jobs depends on. */
export interface JobRunnerParts extends RunContextParts {
  readonly createAgents: (options: AssessOptions) => Promise<Agents>;
  /** Who writes where the job that should have did not. */
  readonly rules: Readonly<Record<NarrativeAgent, NarrativeWriter>>;
  readonly queue: Pick<JobQueue, 'addTree'>;
  readonly channel: RunChannel;
}

/** Does the jobs of a worker, with the steps that an embedded run is made of. */
export interface JobRunner {
  readonly handle: HandleJob;
  /** Looks whether runs with jobs here were cancelled, and stops those jobs. */
  heedCancellations(): Promise<void>;
  /** A job of the queue failed for good, here. */
  jobDied(jobId: string): Promise<void>;
  /** Stops all jobs, which are put back for others. */
  giveBack(): void;
}

/** A worker that cannot read a job leaves it alone for so long, so that others find it. */
const LEAVE_ALONE_MS = 2000;

const CANCELLED = new Error('the run was cancelled');
const GIVEN_BACK = new Error('the worker stops');

/** Creates the runner. Every job is idempotent over the store: one that was half done, or done twice, leaves what one that was done once leaves. */
export function createJobRunner(parts: JobRunnerParts): JobRunner {
  const { store, channel } = parts;
  const rooms = createWorkRooms();
  const ends = createRunEnds(parts);

  async function handle(taken: TakenJob): Promise<JobOutcome> {
    const parsed = parseJob(taken.data);
    if (!parsed.ok) {
      if (parsed.error.kind === 'newer') return { kind: 'later', delayMs: LEAVE_ALONE_MS };
      return { kind: 'hopeless', reason: `the job cannot be read: ${parsed.error.reason}` };
    }
    return traceJob(parsed.value, taken, parts.telemetry ?? NO_TELEMETRY, () => begin(taken, parsed.value));
  }

  async function begin(taken: TakenJob, job: Job): Promise<JobOutcome> {
    const stored = rooms.storedOf(job) ?? (await store.findAssessment(job.assessmentId));
    const progress = stored === null ? null : await store.findProgress(job.assessmentId);
    if (stored === null || progress === null) throw notInStore(job);
    const teller = channel.teller(job.assessmentId, `${taken.id}#${taken.attempt}`);
    const over = progress.isDone ? [] : await channel.ended([job]);
    if (progress.isDone || over.length > 0) {
      await ends.cancelled(over);
      await leave(job, teller);
      return { kind: 'done' };
    }
    return work(taken, job, { ...stored, ...progress }, teller);
  }

  async function work(taken: TakenJob, job: Job, stored: StoredAssessment, teller: Teller): Promise<JobOutcome> {
    const options = toOptions(stored.request.options);
    // A dead job was put back.
    if (stored.status === 'failed') await store.setStatus(job.assessmentId, 'running');
    let outcome: JobOutcome = { kind: 'done' };
    await rooms.inRoom(
      job,
      () => ({ stored, otherIds: store.otherIds(job.assessmentId), agents: parts.createAgents(options) }),
      async ({ agents, otherIds, controller }) => {
        const signal = AbortSignal.any([controller.signal, taken.lease.signal]);
        const run = createRunContext(parts, stored, await otherIds, {
          signal,
          confirm: taken.lease.confirm,
          emit: (event) => tellOf(job, event, teller),
          isStreaming: job.isStreaming,
        });
        try {
          const at = { run, agents: await agents, options, teller };
          await doJob(taken, job, at);
        } catch (error) {
          outcome = outcomeOf(error, signal);
        } finally {
          await run.settle();
          await teller.flush();
        }
      },
    );
    return outcome;
  }

  /** What comes of a job that was stopped, here or elsewhere. Throws where it failed. */
  function outcomeOf(error: unknown, signal: AbortSignal): JobOutcome {
    if (signal.reason === GIVEN_BACK) return { kind: 'later', delayMs: 0 };
    if (signal.reason === CANCELLED) return { kind: 'done' };
    throw error;
  }

  async function doJob(taken: TakenJob, job: Job, at: Workplace): Promise<void> {
    const { run, agents } = at;
    switch (job.kind) {
      case 'gather':
        return gather(run, agents, job.agent, { cveIds: job.cveIds, keepsAll: true });
      case 'score':
        return decide(taken, job, at);
      case 'write': {
        const { findingIds, shares } = job;
        return write(run, agents, job.agent, { findingIds, shares, deepIds: new Set(job.deepIds) });
      }
      case 'report':
        return close(taken, job, at);
    }
  }

  /** Scores, and hands in what is to be done then: that it is handed in before this job ends leaves no moment without a job of the run. */
  async function decide(taken: TakenJob, job: JobOf<'score'>, { run, agents, options, teller }: Workplace) {
    tellStages(teller, 'stage-end');
    const failed = await taken.failedBefore();
    if (failed.size > 0) await standInForGathering(run, agents, job, failed, options.batchSize);
    const crew = await agents.hireCrew(run.cveIds.length);
    try {
      await score(run, agents, crew);
    } finally {
      await crew?.dismiss();
    }
    run.signal.throwIfAborted();
    const { kind, ...common } = job;
    const writing = await planWriting(run, agents, common, options);
    await run.confirm();
    if (writing.length > 0) tellStages(teller, 'stage-start');
    await parts.queue.addTree({ ...common, kind: 'report' }, writing);
  }

  async function close(taken: TakenJob, job: JobOf<'report'>, { run, agents, teller }: Workplace) {
    tellStages(teller, 'stage-end');
    await standInForWriting(run, parts.rules, await taken.failedBefore());
    await report(run, agents);
    const head = (await store.findAssessment(job.assessmentId))?.head ?? null;
    if (head !== null) await measureAssessment(run, async () => head);
    await leave(job, teller);
  }

  async function leave(job: Job, teller: Teller): Promise<void> {
    if (job.kind !== 'report' && job.kind !== 'score') return;
    await channel.leave(job.tenant, job.assessmentId);
    teller.tell({ type: 'run-end' });
    await teller.flush();
  }

  return {
    handle,
    async heedCancellations() {
      const busy = rooms.busy();
      if (busy.length === 0) return;
      const over = await channel.ended(busy);
      for (const ref of over) rooms.stop(ref, CANCELLED);
      await ends.cancelled(over);
    },
    jobDied: ends.jobDied,
    giveBack: () => rooms.stopAll(GIVEN_BACK),
  };
}

interface Workplace {
  readonly run: RunContext;
  readonly agents: Agents;
  readonly options: AssessOptions;
  readonly teller: Teller;
}

/** Stages of a fleet begin and end once, not with each job; plans are for one process. */
function tellOf(job: Job, event: AgentEvent, teller: Teller): void {
  const isOfStage = event.type === 'stage-start' || event.type === 'stage-end';
  if (event.type === 'plan' || (isOfStage && (job.kind === 'gather' || job.kind === 'write'))) return;
  teller.tell(event);
}

function tellStages(teller: Teller, type: 'stage-start' | 'stage-end'): void {
  for (const name of ['vulnerability', 'threat'] as const) teller.tell({ type, name });
}

function notInStore({ assessmentId }: Job): RiskError {
  return new RiskError({
    code: 'STORE_FAILED',
    retryable: true,
    message: `the assessment ${assessmentId} is not in this worker's store; do all use the same ERAS_HOME or DATABASE_URL?`,
  });
}
