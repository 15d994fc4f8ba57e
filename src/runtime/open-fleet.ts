import type { ServerClock } from '../adapters/redis/server-clock.ts';
import type { SubmitParts } from '../assessment/fleet/submit.ts';
import type { Config } from '../config/config.ts';
import { RiskError } from '../kernel/risk-error.ts';
import type { HandleJob, JobLog, JobWorkers } from '../ports/job-queue.ts';
import { inQueueWords, tellInWords } from './in-queue-words.ts';

/** The way of a process to the queue, and to those who work on it or follow it. */
export interface Fleet extends SubmitParts {
  /** Begins to take jobs. */
  startWorkers(options: {
    readonly concurrency: Parameters<
      typeof import('../adapters/bullmq/job-workers.ts').startJobWorkers
    >[0]['concurrency'];
    readonly handle: HandleJob;
    readonly onDead: (jobId: string) => Promise<void>;
    readonly log: JobLog;
  }): Promise<JobWorkers>;
  /** The time of the whole fleet: Redis', as of its last answer. */
  readonly clock: Pick<ServerClock, 'now' | 'correct'>;
  /** Resolves when Redis answers. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

/** The URL of the queue's server. @throws RiskError `BAD_INPUT` where none is configured */
export function requireRedis({ redisUrl }: Pick<Config, 'redisUrl'>, what: string): string {
  if (redisUrl !== null) return redisUrl.reveal();
  throw new RiskError({
    code: 'BAD_INPUT',
    message: `${what} needs a queue: set REDIS_URL, such as redis://127.0.0.1:6379`,
  });
}

/**
 * Opens the queue; only then are its libraries loaded. `onTrouble` is told of each failure to connect.
 * @throws RiskError `BAD_INPUT` without `REDIS_URL`, `QUEUE_FAILED` where Redis does not answer
 */
export async function openFleet(
  config: Pick<Config, 'redisUrl' | 'fleet'>,
  options: { readonly what: string; readonly isAttended: boolean; readonly onTrouble?: (reason: string) => void },
): Promise<Fleet> {
  const url = requireRedis(config, options.what);
  const [{ openLastingConnection }, { createRedisRunChannel }, { createJobQueue }, { createServerClock }] =
    await Promise.all([
      import('../adapters/redis/lasting-connection.ts'),
      import('../adapters/redis/run-channel.ts'),
      import('../adapters/bullmq/job-queue.ts'),
      import('../adapters/redis/server-clock.ts'),
    ]);
  const connection = await openLastingConnection(url, options.onTrouble);
  await connection.ready();
  const { redis } = connection;
  const clock = createServerClock(redis);
  // A server that falls silent just now is the next command's to tell of.
  await Promise.race([clock.set().catch(tellInWords), pause(CLOCK_PATIENCE_MS)]);
  const follower = () => redis.duplicate().on('error', () => undefined);
  const channel = createRedisRunChannel(redis, follower);
  const queue = createJobQueue(redis, () => connection.ready());
  return {
    queue: inQueueWords(queue),
    channel: inQueueWords(channel),
    tenant: config.fleet.tenant,
    isAttended: options.isAttended,
    clock,
    async startWorkers(workers) {
      const { startJobWorkers } = await import('../adapters/bullmq/job-workers.ts');
      const overAll = { write: config.fleet.modelCalls };
      return startJobWorkers({ ...workers, connection: redis, overAll }).catch(tellInWords);
    },
    ping: clock.set,
    async close() {
      await Promise.race([Promise.all([queue.close(), channel.close()]), pause(CLOSE_PATIENCE_MS)]);
      connection.close();
    },
  };
}

const CLOCK_PATIENCE_MS = 1000;
/** A server that does not answer is left as it is. */
const CLOSE_PATIENCE_MS = 1000;

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds).unref());
}
