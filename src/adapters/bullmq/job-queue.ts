import { type Job as BullJob, type ConnectionOptions, FlowProducer, Queue } from 'bullmq';
import { JOB_KINDS, type JobKind, jobIdOf, parseJob } from '../../domain/job/job.ts';
import { messageOf } from '../../kernel/risk-error.ts';
import type { DeadJob, JobQueue, QueueState } from '../../ports/job-queue.ts';
import { optionsOf, PREFIX } from './queue-settings.ts';

/** Dead jobs that are shown. */
const MOST_DEAD = 1000;

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

  return {
    ready,
    async addTree(last, first) {
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
    },
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
      if (found === null) return false;
      const { kind, job } = found;
      const parsed = parseJob(job.data);
      if (!parsed.ok || kind === 'score' || kind === 'report') {
        await job.retry('failed', { resetAttemptsMade: true, resetAttemptsStarted: true });
        return true;
      }
      // Whoever waited for it has gone on without.
      await job.remove();
      await queueOf(kind).add(kind, job.data, optionsOf(parsed.value, false));
      return true;
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
