import { createHash } from 'node:crypto';
import { type TestFleet, type WorkerProcess, wait } from './fleet.ts';
import { honest } from './model-brains.ts';
import type { Asked } from './model-server.ts';
import { skewedClock } from './skewed-clock.ts';

/** A worker of a disturbed fleet. */
export interface ChaosWorker {
  readonly process: WorkerProcess;
  /** Its key to the model: calls tell whose they are. */
  readonly key: string;
  /** When it was killed or put to sleep; null while it lives. Milliseconds. */
  silencedAt: number | null;
  /** When it was woken; null where it was not. */
  wokenAt: number | null;
}

/** A call of a model that was made again, though nobody who had made it was killed or frozen then. */
export interface PaidTwice {
  readonly key: string;
  readonly times: number;
  /** From the call to the end of its caller, milliseconds; null where it lived on. */
  readonly silentAfterMs: number | null;
  /** Whether the caller had lost a job by then: Redis stood still, or the machine was so busy, that it was not heard of for as long as a lock lasts. */
  readonly hadLostJobs: boolean;
}

/** The workers of a disturbed fleet, all there ever were, and the calls that they made. */
export interface ChaosWorkers {
  start(skewMs?: number): Promise<ChaosWorker>;
  silence(worker: ChaosWorker, signal: 'SIGKILL' | 'SIGSTOP'): void;
  wake(worker: ChaosWorker): void;
  /** Calls beyond the first with the same prompt. */
  repeated(): number;
  /** Those whose first caller was not silenced while they were in flight: it had, or could have had, the answer. */
  paidTwice(inFlightMs: number): readonly PaidTwice[];
}

/**
 * A call whose connection was being opened when its caller froze is sent when it wakes, before anything of the worker runs that could stop it. What a
 * woken worker decides anew it asks Redis for first (`fleet-lease.test.ts`).
 */
const SENDING_MS = 250;

/** Watches the calls of a fleet's workers from here on. `homes`: the data folder of each worker. */
export function createChaosWorkers(fleet: TestFleet, home: () => string): ChaosWorkers {
  let started = 0;
  const workers = new Map<string, ChaosWorker>();
  const calls = new Map<string, { readonly key: string; readonly at: number }[]>();
  fleet.models.think((asked, call) => {
    const name = promptOf(asked);
    calls.set(name, [...(calls.get(name) ?? []), { key: callerOf(asked), at: performance.now() }]);
    return honest(asked, call);
  });

  /** In flight when its caller fell silent. A busy machine reads late what had been sent before: what is read of somebody silent was on its way. */
  function isExcused({ key, at }: { readonly key: string; readonly at: number }, inFlightMs: number): boolean {
    const { silencedAt = null, wokenAt = null } = workers.get(key) ?? {};
    if (silencedAt === null || silencedAt - at > inFlightMs) return false;
    return wokenAt === null || at < wokenAt + SENDING_MS;
  }

  const again = () => [...calls.values()].filter((same) => same.length > 1);
  return {
    async start(skewMs = 0) {
      started += 1;
      const key = `worker-${started}`;
      const process = await fleet.startWorker(home(), ['--concurrency', '4'], {
        ANTHROPIC_API_KEY: key,
        ...skewedClock(skewMs),
      });
      const worker: ChaosWorker = { process, key, silencedAt: null, wokenAt: null };
      workers.set(key, worker);
      return worker;
    },
    silence(worker, signal) {
      worker.silencedAt = performance.now();
      worker.process.kill(signal);
    },
    wake(worker) {
      worker.wokenAt = performance.now();
      worker.process.kill('SIGCONT');
    },
    repeated: () => again().reduce((sum, same) => sum + same.length - 1, 0),
    paidTwice: (inFlightMs) =>
      again().flatMap((same) => {
        const wrong = same.slice(0, -1).filter((call) => !isExcused(call, inFlightMs));
        return wrong.map(({ key, at }) => {
          const worker = workers.get(key);
          const silentAfterMs = worker === undefined || worker.silencedAt === null ? null : worker.silencedAt - at;
          const hadLostJobs = worker?.process.stderr().includes('a job was lost') ?? false;
          return { key, times: same.length, silentAfterMs, hadLostJobs };
        });
      }),
  };
}

/** The key that a call was made with. */
export function callerOf({ headers }: Asked): string {
  return (headers.authorization ?? '').replace(/^Bearer /, '');
}

function promptOf({ model, system, user }: Asked): string {
  return createHash('sha256')
    .update(JSON.stringify([model, system, user]))
    .digest('hex');
}

/** Kills a worker every few seconds and starts another in its place, until there is no more need. Resolves to how many were killed. */
export async function killAtRandom(
  workers: ChaosWorkers,
  standing: ChaosWorker[],
  { everyMs, most, skews }: { readonly everyMs: number; readonly most: number; readonly skews: readonly number[] },
  isOver: () => boolean,
): Promise<number> {
  let kills = 0;
  while (kills < most) {
    // Between half and one and a half of it.
    await wait(everyMs * (0.5 + Math.random()));
    if (isOver()) break;
    const place = Math.floor(Math.random() * standing.length);
    const victim = standing[place];
    if (victim === undefined) break;
    workers.silence(victim, 'SIGKILL');
    kills += 1;
    // A worker that finds Redis or PostgreSQL away does not begin: whatever runs it starts it again.
    let next: ChaosWorker | null = null;
    while (next === null && !isOver()) next = await workers.start(skews[place]).catch(() => null);
    if (next !== null) standing[place] = next;
  }
  return kills;
}
