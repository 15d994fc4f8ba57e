import { Queue } from 'bullmq';
import type { Assessment } from '../../src/domain/assessment/schema.ts';
import { JOB_KINDS } from '../../src/domain/job/job.ts';
import { callerOf, createChaosWorkers, killAtRandom, type PaidTwice } from './chaos-workers.ts';
import { comparable, idsOf, jobsIn, startFleet, type TestFleet, until, wait } from './fleet.ts';
import { type PostgresServer, startPostgres } from './postgres-server.ts';
import { documentOf, type ErasProcess, runEras, startEras } from './run-eras.ts';

/** How much is done to a fleet, and for how long. */
export interface Chaos {
  readonly cves: number;
  readonly batchSize: number;
  readonly workers: number;
  /** A worker is killed after so long on average, again and again, milliseconds; and so often at the most. */
  readonly killEveryMs: number;
  readonly mostKills: number;
  readonly modelMs: number;
  readonly redisPauseMs: number;
  /** How long PostgreSQL is away, beside what it takes to start. */
  readonly postgresPauseMs: number;
  /** How far the clocks of workers are from the machine's, milliseconds: one after the other has one of them. */
  readonly skews: readonly number[];
  readonly home: () => string;
  readonly say: (what: string) => void;
}

/** What a disturbed run came to, beside an undisturbed one of one process. */
export interface ChaosResult {
  readonly code: number | null;
  readonly disturbed: Assessment;
  readonly undisturbed: Assessment;
  readonly isSame: boolean;
  readonly kills: number;
  /** What was done beside the kills, in order. */
  readonly done: readonly string[];
  readonly repeated: number;
  /** Calls that were made again though the first caller was neither killed nor frozen while they were in flight. */
  readonly paidTwice: readonly PaidTwice[];
  readonly left: number;
  readonly dead: readonly string[];
  readonly seconds: number;
}

/** A worker sleeps for longer than its lock lasts and the look for silent ones takes, 14 s. */
const SLEEP_MS = 17_000;
/** What a call takes beside the model's own time, on a busy machine. */
const AROUND_MS = 5000;

/**
 * Disturbs a fleet while it assesses. Workers are killed at random, their clocks differ, one is frozen beyond its locks and wakes at work; Redis is
 * restarted and stands still, PostgreSQL is killed and comes back, and on each queue lies a job that nobody can read.
 */
export async function runChaos(chaos: Chaos): Promise<ChaosResult> {
  const ids = idsOf(chaos.cves);
  const postgres = await startPostgres();
  // No bound over all workers: beside others that fill it a new one would have nothing to do.
  const fleet = await startFleet(ids, { DATABASE_URL: await postgres.create(), ERAS_FLEET_MODEL_CALLS: '64' });
  const args = ['assess', ...ids, '--format', 'json', '--batch-size', String(chaos.batchSize)];
  const begun = performance.now();
  let isOver = false;
  try {
    const { DATABASE_URL: _, ...embedded } = fleet.aloneEnv(chaos.home());
    const alone = await runEras(args, embedded);
    const undisturbed = documentOf(alone);
    chaos.say(`alone: ${Math.round(alone.milliseconds / 1000)} s, ${fleet.models.calls.length} calls`);
    fleet.models.pace({ firstTokenMs: chaos.modelMs, perTokenMs: 0 });
    fleet.sources.behave('cve', { kind: 'normal', delayMs: 100 });
    const poison = await poisonQueues(fleet);

    const workers = createChaosWorkers(fleet, chaos.home);
    const skews = Array.from({ length: chaos.workers }, (_, index) => chaos.skews[index % chaos.skews.length] ?? 0);
    const standing = await Promise.all(skews.map((skew) => workers.start(skew)));
    const run = startEras([...args, '--distributed'], fleet.env(chaos.home()));
    run.done.then(() => {
      isOver = true;
    });
    const killing = killAtRandom(
      workers,
      standing,
      { everyMs: chaos.killEveryMs, most: chaos.mostKills, skews },
      () => isOver,
    );
    await until(() => fleet.models.calls.length > undisturbed.usage.llm.calls, 120_000);
    const sleeper = await workers.start();
    const sleepers = async () => {
      await until(() => fleet.models.calls.some((call) => callerOf(call) === sleeper.key), 60_000);
      workers.silence(sleeper, 'SIGSTOP');
      await wait(SLEEP_MS);
      workers.wake(sleeper);
    };
    const away = { postgresMs: 0 };
    const done = await disturb(chaos, { fleet, postgres, run, sleepers, away });
    const result = await run.done;
    const kills = await killing;
    chaos.say(`ended with ${result.code}: ${result.stderr.trim()}`);
    const env = fleet.env(chaos.home());
    const disturbed = documentOf(await runEras(['show', documentOf(result).id, '--format', 'json'], env));
    // Whoever took a job last puts it away a moment after the report is there.
    const left = async () => jobsIn(await fleet.queue(chaos.home()), 'waiting', 'active', 'delayed', 'blocked');
    await until(async () => (await left()) === 0, 20_000).catch(() => undefined);
    const dead = JSON.parse((await runEras(['queue', 'dead', '--format', 'json'], env)).stdout);
    return {
      code: result.code,
      disturbed,
      undisturbed,
      isSame: JSON.stringify(comparable(disturbed)) === JSON.stringify(comparable(undisturbed)),
      kills,
      done,
      repeated: workers.repeated(),
      // An answer that comes while PostgreSQL is away is stored when it is back.
      paidTwice: workers.paidTwice(chaos.modelMs + away.postgresMs + AROUND_MS),
      left: await left(),
      dead: (dead as { id: string }[]).map(({ id }) => id).filter((id) => !poison.includes(id)),
      seconds: (performance.now() - begun) / 1000,
    };
  } finally {
    isOver = true;
    await fleet.close();
    await postgres.stop();
  }
}

interface Disturbed {
  readonly fleet: TestFleet;
  readonly postgres: PostgresServer;
  readonly run: ErasProcess;
  /** Freezes a worker beyond its locks, and wakes it. */
  readonly sleepers: () => Promise<void>;
  /** How long PostgreSQL was not there, in the end. */
  readonly away: { postgresMs: number };
}

/** Does to a running fleet what is to be done once; tells what was done while the run went on. */
async function disturb(
  { say, redisPauseMs, postgresPauseMs }: Chaos,
  { fleet, postgres, run, sleepers, away }: Disturbed,
): Promise<readonly string[]> {
  const done: string[] = [];
  let isOver = false;
  run.done.then(() => {
    isOver = true;
  });
  async function step(what: string, work: () => Promise<void>): Promise<void> {
    if (isOver) return;
    say(what);
    await work();
    if (!isOver) done.push(what);
    await wait(2000);
  }
  const asleep = step('a worker sleeps beyond its locks, and wakes', sleepers);
  await wait(1500);
  await step('Redis is killed, and starts again', () => fleet.redis.restart());
  await step('PostgreSQL is killed, and starts again', async () => {
    const killedAt = performance.now();
    await postgres.kill();
    await wait(postgresPauseMs);
    await postgres.start();
    away.postgresMs = performance.now() - killedAt;
  });
  await step('Redis stands still, and goes on', async () => {
    fleet.redis.freeze();
    await wait(redisPauseMs);
    fleet.redis.thaw();
  });
  await asleep;
  return done;
}

/** Puts a job that nobody can read on each queue. Returns their ids. */
async function poisonQueues({ redis }: TestFleet): Promise<readonly string[]> {
  return Promise.all(
    JOB_KINDS.map(async (kind) => {
      const queue = new Queue(kind, { connection: { url: redis.url }, prefix: '{eras}' });
      const id = `poison-${kind}`;
      await queue.add(kind, { v: 1, kind, poison: true }, { jobId: id, attempts: 2 });
      await queue.close();
      return id;
    }),
  );
}
