import { UnrecoverableError, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createJobQueue } from '../../src/adapters/bullmq/job-queue.ts';
import { changeDead } from '../../src/assessment/fleet/change-dead.ts';
import { JOB_KINDS, type JobOf, jobIdOf } from '../../src/domain/job/job.ts';
import type { JobQueue } from '../../src/ports/job-queue.ts';
import { until } from '../support/fleet.ts';
import { hasService, type RedisServer, startRedis } from '../support/services.ts';

const PATIENCE_MS = 20_000;
const common = {
  v: 1,
  assessmentId: 'A',
  run: 1,
  tenant: 't',
  isInteractive: true,
  isStreaming: false,
  line: 0,
} as const;
const report: JobOf<'report'> = { ...common, kind: 'report' };
const writes = [0, 1].map(
  (batch): JobOf<'write'> => ({
    ...common,
    kind: 'write',
    agent: 'threat',
    batch,
    findingIds: ['f'],
    shares: 1,
    deepIds: [],
  }),
);

describe.skipIf(!hasService('redis-server'))('dead jobs of a run', { timeout: 60_000 }, () => {
  let server: RedisServer;
  let redis: Redis;
  let queue: JobQueue;
  beforeAll(async () => {
    server = await startRedis();
    redis = new Redis(server.url, { maxRetriesPerRequest: null });
    queue = createJobQueue(redis, async () => undefined);
  });
  afterAll(async () => {
    await queue.close();
    redis.disconnect();
    await server.stop();
  });

  /** Does all jobs until none is left to be done; those of `failing` kinds fail for good. */
  async function work(failing: readonly string[]): Promise<readonly string[]> {
    const did: string[] = [];
    const workers = JOB_KINDS.map((kind) => {
      const handle = async ({ id = '' }: { id?: string }) => {
        if (failing.includes(kind)) throw new UnrecoverableError('the test says so');
        did.push(id);
      };
      return new Worker(kind, handle, { connection: { url: server.url }, prefix: '{eras}' });
    });
    await until(async () => {
      const states = await queue.states();
      return states.every(({ waiting, active, blocked, delayed }) => waiting + active + blocked + delayed === 0);
    }, PATIENCE_MS);
    await Promise.all(workers.map((worker) => worker.close()));
    return did;
  }

  it('are done again in their order where the one that ends the run is dead, too', async () => {
    await queue.addTree(report, writes);
    await work(['write', 'report']);
    expect((await queue.dead()).map(({ kind }) => kind).sort()).toEqual(['report', 'write', 'write']);
    expect(await changeDead(queue, 'replay', null)).toEqual({ done: 3, late: [], missing: [] });
    expect((await work([])).at(-1)).toBe(jobIdOf(report));
    expect(await queue.dead()).toEqual([]);
  });

  it('come too late where the run has ended without them, and are kept until they are removed', async () => {
    await queue.addTree(
      { ...report, run: 2 },
      writes.map((job) => ({ ...job, run: 2 })),
    );
    await work(['write']);
    const ids = writes.map((job) => jobIdOf({ ...job, run: 2 }));
    expect(await changeDead(queue, 'replay', [...ids, 'nope'])).toEqual({ done: 0, late: ids, missing: ['nope'] });
    expect(await work([])).toEqual([]);
    expect(await changeDead(queue, 'remove', null)).toEqual({ done: 2, late: [], missing: [] });
  });
});
