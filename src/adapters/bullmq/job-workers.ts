import {
  type Job as BullJob,
  type ConnectionOptions,
  DelayedError,
  Queue,
  UnrecoverableError,
  WaitingError,
} from 'bullmq';
import { assessmentOfJob, type JobKind } from '../../domain/job/job.ts';
import { messageOf } from '../../kernel/risk-error.ts';
import type { HandleJob, JobLog, JobWorkers, Lease, TakenJob } from '../../ports/job-queue.ts';
import { LeasedWorker } from './leased-worker.ts';
import { LOST } from './leases.ts';
import { LOCK_MS, LOOK_MS, MOST_STALLS, PREFIX, RENEW_MS } from './queue-settings.ts';

/** What takes jobs. */
export interface JobWorkersOptions {
  readonly connection: ConnectionOptions;
  /** Jobs at the same time in this process, by kind; a kind that is missing is not taken. */
  readonly concurrency: Partial<Readonly<Record<JobKind, number>>>;
  /** Jobs of a kind at the same time over all workers. */
  readonly overAll: Partial<Readonly<Record<JobKind, number>>>;
  readonly handle: HandleJob;
  /** Told of each job that fails for good here, after it is a dead letter. */
  readonly onDead?: (jobId: string) => Promise<void>;
  readonly log: JobLog;
}

/** Begins to take jobs. */
export async function startJobWorkers({
  connection,
  concurrency,
  overAll,
  handle,
  onDead,
  log,
}: JobWorkersOptions): Promise<JobWorkers> {
  const shared = { connection, prefix: PREFIX };
  for (const [kind, most] of Object.entries(overAll)) {
    const queue = new Queue(kind, shared).on('error', () => undefined);
    await queue.setGlobalConcurrency(most);
    await queue.close();
  }
  const workers = Object.entries(concurrency).map(([kind, atOnce]) => {
    const worker = new LeasedWorker(kind, (job, token, lease) => process(job, token, lease, handle), {
      ...shared,
      concurrency: atOnce,
      lockDuration: LOCK_MS,
      lockRenewTime: RENEW_MS,
      stalledInterval: LOOK_MS,
      maxStalledCount: MOST_STALLS,
    });
    worker.on('error', (error) => {
      if (OF_LOST_LOCK.test(error.message)) return;
      log.warn('the queue failed; going on when it is back', { kind, reason: messageOf(error) });
    });
    worker.on('lockRenewalFailed', (ids) => {
      for (const id of ids) log.warn('a job was lost: this worker was silent for too long', idsOf(id));
    });
    worker.on('failed', (job, error) => {
      if (error === LOST) return;
      const { id = '', attemptsMade, finishedOn } = job ?? {};
      const told = { ...idsOf(id), attempts: attemptsMade, reason: messageOf(error) };
      if (typeof finishedOn !== 'number') return log.warn('a job failed; it is tried again', told);
      log.error('a job failed for good; it is a dead letter', told);
      onDead?.(id).catch((reason: unknown) => {
        log.warn('a dead job could not be told of; whoever follows its run finds it', {
          ...idsOf(id),
          reason: messageOf(reason),
        });
      });
    });
    worker.on('stalled', (id) => log.info('a job was taken from a worker that is silent', idsOf(id)));
    worker.on('completed', ({ id = '' }) => log.info('a job is done', idsOf(id)));
    return worker;
  });
  return {
    async drain() {
      await Promise.all(workers.map((worker) => worker.pause()));
    },
    async close() {
      await Promise.all(workers.map((worker) => worker.close()));
    },
  };
}

/** Whose line it is: the library tells of jobs outside of the work on them. */
function idsOf(jobId: string): Readonly<Record<string, string>> {
  const assessmentId = assessmentOfJob(jobId);
  return assessmentId === null ? { jobId } : { assessmentId, jobId };
}

/** What the library says of a lock that others have: it is told once, by what it means. */
const OF_LOST_LOCK = /^(?:could not renew lock for job|Missing lock for job|Lock mismatch for job)/;

async function process(job: BullJob, token: string, lease: Lease, handle: HandleJob): Promise<void> {
  const outcome = await handle(toTaken(job, lease));
  if (outcome.kind === 'hopeless') throw new UnrecoverableError(outcome.reason);
  if (outcome.kind === 'done') return;
  if (outcome.delayMs > 0) {
    await job.moveToDelayed(Date.now() + outcome.delayMs, token);
    throw new DelayedError();
  }
  await job.moveToWait(token);
  throw new WaitingError();
}

function toTaken(job: BullJob, lease: Lease): TakenJob {
  const { id = '', data, attemptsMade, attemptsStarted, opts } = job;
  return {
    id,
    data,
    attempt: attemptsStarted,
    isLast: attemptsMade + 1 >= (opts.attempts ?? 1),
    lease,
    async failedBefore() {
      const failures = await job.getIgnoredChildrenFailures();
      // Named by their keys: prefix, queue, id.
      return new Map(Object.entries(failures).map(([key, reason]) => [key.slice(key.lastIndexOf(':') + 1), reason]));
    },
  };
}
