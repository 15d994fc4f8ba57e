import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createJobQueue } from '../src/adapters/bullmq/job-queue.ts';
import { startJobWorkers } from '../src/adapters/bullmq/job-workers.ts';
import { openLastingConnection } from '../src/adapters/redis/lasting-connection.ts';
import { JOB_VERSION, type JobOf } from '../src/domain/job/job.ts';
import { idsOf, startFleet, wait } from '../test/support/fleet.ts';
import { MANY_KEYS, measureWriting } from './fleet-writing.ts';

/**
 * The speed of a fleet: `npx tsx bench/fleet.ts` after `npm run build`. Work that is bound by an outside latency of 200 ms over 1, 2 and 4 workers, what the
 * queue adds to a job, an idle worker's memory, and a queue of 100,000 jobs.
 */
/** A busy machine shows the scaling with a latency beside which its own work is small: `npx tsx bench/fleet.ts 2000 100`. */
const LATENCY_MS = Number(process.argv[2] ?? 200);
const CVES = Number(process.argv[3] ?? 400);
const BATCH = 5;
/** Calls of a worker at the same time. */
const CONCURRENCY = 2;
const say = (what: string, figures: object) => process.stdout.write(`${what.padEnd(34)} ${JSON.stringify(figures)}\n`);
const newHome = () => mkdtempSync(join(tmpdir(), 'eras-bench-fleet-'));

const ids = idsOf(CVES);
/** For the assessment that goes before each: enough that every worker gets some of it. */
const BEFORE = 40;
const before = idsOf(4 * BEFORE, 100_000);
const fleet = await startFleet([...ids, ...before], { ERAS_FLEET_MODEL_CALLS: '64', NVD_API_KEY: MANY_KEYS });
const connection = await openLastingConnection(fleet.redis.url);

const idle = await fleet.startWorker(newHome());
await wait(1000);
const text = await (await fetch(`${idle.origin}/metrics`)).text();
say('idle worker', {
  residentMb: Math.round(Number(/^process_resident_memory_bytes (\S+)/m.exec(text)?.[1]) / 2 ** 20),
});
await fleet.stopWorkers();

let one = 0;
for (const workers of [1, 2, 4]) {
  // What an earlier run was told would be known to the next one.
  await connection.redis.flushall();
  const lanes = { workers, concurrency: CONCURRENCY, batchSize: BATCH, latencyMs: LATENCY_MS };
  const time = await measureWriting({
    fleet,
    home: newHome(),
    ids,
    before: before.slice(0, workers * BEFORE),
    ...lanes,
  });
  const { calls, writingMs, leastMs, wholeRunMs } = time;
  if (workers === 1) one = writingMs;
  say(`${workers} worker(s), ${calls} calls of ${LATENCY_MS} ms`, {
    writingMs,
    timesAsFast: Number((one / writingMs).toFixed(2)),
    overheadMsPerJob: Number((((writingMs - leastMs) / calls) * CONCURRENCY * workers).toFixed(1)),
    wholeRunMs,
  });
  await fleet.stopWorkers();
}

const queue = createJobQueue(connection.redis, connection.ready);
const common = {
  v: JOB_VERSION,
  assessmentId: 'many',
  run: 1,
  tenant: 'default',
  isInteractive: false,
  isStreaming: false,
  line: 0,
} as const;

/** Jobs in which nothing is done: what the queue takes for itself. */
const EMPTY = 1000;
const empty = Array.from(
  { length: EMPTY },
  (_, batch): JobOf<'write'> => ({
    ...common,
    kind: 'write',
    agent: 'threat',
    batch,
    findingIds: [],
    deepIds: [],
    shares: 1,
  }),
);
await queue.addTree({ ...common, kind: 'report' }, empty);
let done = 0;
const begunAt = performance.now();
const taking = await startJobWorkers({
  connection: connection.redis,
  concurrency: { write: 1 },
  overAll: { write: 16 },
  log: { info: () => undefined, warn: () => undefined, error: () => undefined },
  async handle() {
    done += 1;
    return { kind: 'done' };
  },
});
while (done < EMPTY) await wait(20);
say('the queue alone, one job at a time', { msPerJob: Number(((performance.now() - begunAt) / EMPTY).toFixed(2)) });
await taking.close();

const MANY = 100_000;
const many = Array.from(
  { length: MANY },
  (_, batch): JobOf<'gather'> => ({ ...common, kind: 'gather', agent: 'threat', batch, cveIds: [] }),
);
const addedAt = performance.now();
await queue.addTree({ ...common, kind: 'score' }, many);
const addMs = performance.now() - addedAt;
const askedAt = performance.now();
const [state] = await queue.states();
const memory = /used_memory:(\d+)/.exec(await connection.redis.info('memory'))?.[1];
say(`${MANY} jobs on the queue`, {
  addMs: Math.round(addMs),
  waiting: state?.waiting,
  stateMs: Math.round(performance.now() - askedAt),
  redisMb: Math.round(Number(memory) / 2 ** 20),
});
await queue.close();
connection.close();
await fleet.close();
process.exit(0);
