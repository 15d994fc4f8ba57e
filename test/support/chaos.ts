import { Queue } from 'bullmq';
import type { Assessment } from '../../src/domain/assessment/schema.ts';
import { comparable, idsOf, jobsIn, repeatedCalls, startFleet, until, wait } from './fleet.ts';
import { documentOf, runEras, startEras } from './run-eras.ts';

/** How much is done to a fleet, and for how long. */
export interface Chaos {
  readonly cves: number;
  readonly batchSize: number;
  readonly workers: number;
  /** A worker is killed after so long, again and again, milliseconds; and so often at the most. */
  readonly killEveryMs: number;
  readonly mostKills: number;
  readonly modelMs: number;
  readonly redisPauseMs: number;
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
  readonly repeated: number;
  /** Calls of which the ledger knows no end: their process was killed meanwhile. */
  readonly cutShort: number;
  readonly left: number;
  readonly dead: readonly string[];
  readonly seconds: number;
}

/** Disturbs a fleet while it assesses: workers are killed and one is put to sleep beyond its lock, Redis is restarted and stands still, a job is poisoned. */
export async function runChaos(chaos: Chaos): Promise<ChaosResult> {
  const ids = idsOf(chaos.cves);
  const fleet = await startFleet(ids);
  const args = ['assess', ...ids, '--format', 'json', '--batch-size', String(chaos.batchSize)];
  const begun = performance.now();
  const home = chaos.home();
  let isOver = false;
  let kills = 0;
  try {
    const alone = await runEras(args, fleet.aloneEnv(chaos.home()));
    const undisturbed = documentOf(alone);
    chaos.say(`alone: ${Math.round(alone.milliseconds / 1000)} s, ${fleet.models.calls.length} calls`);
    fleet.models.calls.length = 0;
    fleet.models.pace({ firstTokenMs: chaos.modelMs, perTokenMs: 0 });
    fleet.sources.behave('cve', { kind: 'normal', delayMs: 100 });
    const queue = new Queue('gather', { connection: { url: fleet.redis.url }, prefix: '{eras}' });
    queue.on('error', () => undefined);
    await queue.add('gather', { v: 1, kind: 'gather', poison: true }, { jobId: 'poison', attempts: 2 });

    const workers = await Promise.all(Array.from({ length: chaos.workers }, () => fleet.startWorker(home)));
    const run = startEras([...args, '--distributed'], fleet.env(home));
    run.done.then(() => {
      isOver = true;
    });
    const killing = (async () => {
      // The same order each time: what is random is where the work stands.
      for (let turn = 0; !isOver && kills < chaos.mostKills; turn += 1) {
        await wait(chaos.killEveryMs);
        if (isOver) return;
        workers[turn % workers.length]?.kill('SIGKILL');
        kills += 1;
        chaos.say(`kill ${kills}`);
        // A worker that finds Redis standing still does not begin: whatever runs it starts it again.
        let next = await fleet.startWorker(home).catch(() => null);
        while (next === null && !isOver) next = await fleet.startWorker(home).catch(() => null);
        if (next !== null) workers[turn % workers.length] = next;
      }
    })();
    await until(() => fleet.sources.requests.length > chaos.cves, 60_000);
    const sleeper = await fleet.startWorker(home);
    await wait(1000);
    sleeper.kill('SIGSTOP');
    chaos.say('a worker sleeps');
    await wait(2000);
    chaos.say('Redis is restarted');
    await fleet.redis.restart();
    await wait(4000);
    chaos.say('Redis stands still');
    fleet.redis.freeze();
    await wait(chaos.redisPauseMs);
    fleet.redis.thaw();
    chaos.say('Redis goes on');
    const result = await run.done;
    await killing;
    sleeper.kill('SIGCONT');
    await wait(1500);
    chaos.say(`ended with ${result.code}: ${result.stderr.trim()}`);
    const disturbed = documentOf(await runEras(['show', documentOf(result).id, '--format', 'json'], fleet.env(home)));
    // Whoever took a job last puts it away a moment after the report is there.
    await until(async () => jobsIn(await fleet.queue(home), 'active', 'delayed') === 0, 20_000).catch(() => undefined);
    const costs = JSON.parse((await runEras(['costs', '--format', 'json'], fleet.env(home))).stdout);
    const dead = JSON.parse((await runEras(['queue', 'dead', '--format', 'json'], fleet.env(home))).stdout);
    await queue.close();
    return {
      code: result.code,
      disturbed,
      undisturbed,
      isSame: JSON.stringify(comparable(disturbed)) === JSON.stringify(comparable(undisturbed)),
      kills,
      repeated: repeatedCalls(fleet.models.calls),
      cutShort: unfinishedIn(costs),
      left: jobsIn(await fleet.queue(home), 'waiting', 'active', 'delayed', 'blocked'),
      dead: (dead as { id: string }[]).map(({ id }) => id),
      seconds: (performance.now() - begun) / 1000,
    };
  } finally {
    isOver = true;
    await fleet.close();
  }
}

function unfinishedIn(costs: {
  readonly agent?: readonly { readonly unfinished: { readonly calls: number } }[];
}): number {
  return (costs.agent ?? []).reduce((sum, { unfinished }) => sum + unfinished.calls, 0);
}
