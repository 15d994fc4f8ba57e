import { type Job as BullJob, type ConnectionOptions, FlowProducer, Queue } from 'bullmq';
import { JOB_KINDS, type Job, type JobKind, jobIdOf, parseJob } from '../../domain/job/job.ts';
import { messageOf } from '../../kernel/risk-error.ts';
import type { DeadJob, JobQueue, QueueState } from '../../ports/job-queue.ts';
import { optionsOf, PREFIX } from './queue-settings.ts';

/** Dead jobs that are shown. */
const MOST_DEAD = 1000;

/** The kind of job that waits for those of a kind; null where it ends a part of the run itself. */
const LAST_AFTER = { gather: 'score', score: null, write: 'report', report: null } as const satisfies Record<
  JobKind,
  JobKind | null
>;

/** The queues in Redis. `ready` tells at once where the server is not there. Errors of the connection are told to whoever waits for a command. */
export function createJobQueue(connection: ConnectionOptions, ready: () => Promise<void>): JobQueue {
  const options = { connection, prefix: PREFIX };
  const queues = new Map<JobKind, Queue>();
  let flows: FlowProducer | null = null;

  function queueOf(kind: JobKind): Queue {
    const queue = queues.get(kind) ?? new Queue(kind, options).on('error', () => undefined);
    queues.set(kind, queue);
    return queue;
  }

  function openFlows(): FlowProducer {
    flows ??= new FlowProducer(options).on('error', () => undefined);
    return flows;
  }

  async function findDead(id: string): Promise<{ kind: JobKind; job: BullJob } | null> {
    for (const kind of JOB_KINDS) {
      const job = await queueOf(kind).getJob(id);
      if (job !== undefined && (await job.isFailed())) return { kind, job };
    }
    return null;
  }

  async function stateOf(kind: JobKind): Promise<QueueState> {
    const queue = queueOf(kind);
    const [counts, workers] = await Promise.all([
      queue.getJobCounts('wait', 'prioritized', 'active', 'delayed', 'waiting-children', 'failed'),
      queue.getWorkersCount(),
    ]);
    const of = (name: string) => counts[name] ?? 0;
    return {
      kind,
      waiting: of('wait') + of('prioritized'),
      active: of('active'),
      delayed: of('delayed'),
      blocked: of('waiting-children'),
      dead: of('failed'),
      workers,
    };
  }

  async function addTree(last: Job, first: readonly Job[]): Promise<void> {
    await openFlows().add({
      name: last.kind,
      queueName: last.kind,
      data: last,
      opts: optionsOf(last, false),
      children: first.map((job) => ({
        name: job.kind,
        queueName: job.kind,
        data: job,
        opts: optionsOf(job, true),
      })),
    });
  }

  /** The dead jobs of a run for which the one that ends it waits. */
  async function deadBefore({ kind: last, assessmentId, run }: Job): Promise<{ job: BullJob; value: Job }[]> {
    const kinds = JOB_KINDS.filter((kind) => LAST_AFTER[kind] === last);
    const all = await Promise.all(kinds.map((kind) => queueOf(kind).getJobs(['failed'], 0, MOST_DEAD - 1)));
    return all.flat().flatMap((job) => {
      const parsed = parseJob(job.data);
      const isOfRun = parsed.ok && parsed.value.assessmentId === assessmentId && parsed.value.run === run;
      return isOfRun ? [{ job, value: parsed.value }] : [];
    });
  }

  return {
    ready,
    addTree,
    async standing(job) {
      const queue = queueOf(job.kind);
      const state = await queue.getJobState(jobIdOf(job));
      if (state === 'failed') {
        const reason = (await queue.getJob(jobIdOf(job)))?.failedReason;
        return { kind: 'dead', reason: reason ?? 'no reason is known' };
      }
      return { kind: state === 'unknown' || state === 'completed' ? 'absent' : 'live' };
    },
    states: () => Promise.all(JOB_KINDS.map(stateOf)),
    async dead() {
      const all = await Promise.all(
        JOB_KINDS.map(async (kind) =>
          (await queueOf(kind).getJobs(['failed'], 0, MOST_DEAD - 1)).map((job) => toDead(kind, job)),
        ),
      );
      return all.flat();
    },
    async replay(id) {
      const found = await findDead(id);
      if (found === null) return { kind: 'unknown' };
      const { kind, job } = found;
      const parsed = parseJob(job.data);
      if (!parsed.ok) {
        await job.retry('failed', { resetAttemptsMade: true, resetAttemptsStarted: true });
        return { kind: 'replayed', ids: [id] };
      }
      const last = LAST_AFTER[kind];
      if (last !== null) {
        const state = await queueOf(last).getJobState(jobIdOf({ ...parsed.value, kind: last }));
        if (state === 'completed' || state === 'unknown') return { kind: 'too_late' };
        await job.remove();
        await queueOf(kind).add(kind, job.data, optionsOf(parsed.value, false));
        return { kind: 'replayed', ids: [id] };
      }
      const before = await deadBefore(parsed.value);
      for (const one of [...before.map((dead) => dead.job), job]) await one.remove();
      await addTree(
        parsed.value,
        before.map((dead) => dead.value),
      );
      return { kind: 'replayed', ids: [id, ...before.map((dead) => dead.job.id ?? '')] };
    },
    async remove(id) {
      const found = await findDead(id);
      await found?.job.remove();
      return found !== null;
    },
    async withdraw(last) {
      const job = await queueOf(last.kind).getJob(jobIdOf(last));
      if (job === undefined) return;
      await job.removeUnprocessedChildren();
      // Where a job before it is under way, it ends by itself: the run is cancelled.
      await job.remove().catch((error: unknown) => messageOf(error));
    },
    async close() {
      await Promise.all([...queues.values()].map((queue) => queue.close()));
      await flows?.close();
    },
  };
}

function toDead(kind: JobKind, job: BullJob): DeadJob {
  const { id = '', data, failedReason, attemptsStarted, finishedOn } = job;
  const assessmentId: unknown = (data as { assessmentId?: unknown } | null)?.assessmentId;
  return {
    id,
    kind,
    assessmentId: typeof assessmentId === 'string' ? assessmentId : null,
    reason: failedReason ?? '',
    attempts: attemptsStarted,
    failedAt: finishedOn === undefined ? null : new Date(finishedOn).toISOString(),
  };
}
