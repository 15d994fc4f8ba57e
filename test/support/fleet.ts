import { createHash } from 'node:crypto';
import type { Assessment } from '../../src/domain/assessment/schema.ts';
import { honest } from './model-brains.ts';
import { type Asked, type ModelServer, startModelServer } from './model-server.ts';
import { rawCveRecord, rawNvdRecord, WORST_CVSS } from './raw-records.ts';
import { type ErasProcess, runEras, startEras } from './run-eras.ts';
import { type RedisServer, startRedis } from './services.ts';
import { type SourceServer, startSourceServer } from './source-server.ts';

/** A running worker. */
export interface WorkerProcess extends ErasProcess {
  /** Where its metrics are. */
  readonly origin: string;
}

/** Everything a fleet needs, on loopback: sources, models, Redis, and workers as a user would start them. */
export interface TestFleet {
  readonly redis: RedisServer;
  readonly sources: SourceServer;
  readonly models: ModelServer;
  /** What leads a process to all of it; `home` is its data folder. */
  env(home: string): Record<string, string>;
  /** The same without the queue: what one process does alone. */
  aloneEnv(home: string): Record<string, string>;
  startWorker(home: string, args?: readonly string[], env?: Readonly<Record<string, string>>): Promise<WorkerProcess>;
  /** Jobs by kind and state. */
  queue(home: string): Promise<Record<string, Record<string, number>>>;
  /** Ends what is left of the workers. */
  stopWorkers(): Promise<void>;
  close(): Promise<void>;
}

/** Ids of made-up CVEs. */
export function idsOf(count: number, from = 10_000): string[] {
  return Array.from({ length: count }, (_, index) => `CVE-2024-${from + index}`);
}

/** Starts a fleet without workers that knows some CVEs, every third of the worst kind. */
export async function startFleet(
  ids: readonly string[],
  settings: Readonly<Record<string, string>> = {},
): Promise<TestFleet> {
  const redis = await startRedis(true);
  const models = await startModelServer(honest);
  const sources = await startSourceServer({
    nvd: new Map(ids.map((id, index) => [id, rawNvdRecord(id, index % 3 === 0 ? { cvss: WORST_CVSS } : {})])),
    cve: new Map(ids.map((id) => [id, rawCveRecord(id)])),
    epss: new Map(ids.map((id, index) => [id, { epss: String((index % 90) / 100), percentile: '0.5' }])),
  });
  const workers: WorkerProcess[] = [];
  const aloneEnv = (home: string) => ({
    ERAS_HOME: home,
    ...sources.env,
    ...models.env.anthropic,
    NVD_API_KEY: 'test',
    ERAS_LLM_TIMEOUT_MS: '20000',
    ...settings,
  });
  const env = (home: string) => ({ ...aloneEnv(home), REDIS_URL: redis.url });
  async function stopWorkers(): Promise<void> {
    for (const worker of workers) {
      worker.kill('SIGCONT');
      worker.kill('SIGKILL');
    }
    await Promise.all(workers.splice(0).map(({ done }) => done));
  }

  return {
    redis,
    sources,
    models,
    env,
    aloneEnv,
    async startWorker(home, args = [], more = {}) {
      const worker = startEras(['worker', ...args], { ...env(home), ERAS_METRICS_PORT: '0', ...more });
      const origin = await toldOrigin(worker);
      const started = { ...worker, origin };
      workers.push(started);
      return started;
    },
    async queue(home) {
      const { stdout } = await runEras(['queue', '--format', 'json'], env(home));
      const states = JSON.parse(stdout) as { kind: string; [state: string]: number | string }[];
      return Object.fromEntries(states.map(({ kind, ...counts }) => [kind, counts as Record<string, number>]));
    },
    stopWorkers,
    async close() {
      await stopWorkers();
      await Promise.all([redis.stop(), sources.close(), models.close()]);
    },
  };
}

async function toldOrigin(worker: ErasProcess): Promise<string> {
  for (let tries = 0; tries < 600; tries += 1) {
    const told = /"metrics":"([^"]+)\/metrics"/.exec(worker.stderr())?.[1];
    if (told !== undefined) return told;
    if ((await Promise.race([worker.done, wait(50)])) !== undefined) break;
  }
  throw new Error(`the worker does not start: ${worker.stderr()}`);
}

/** So many milliseconds. */
export function wait(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** Resolves once something holds. */
export async function until(holds: () => boolean | Promise<boolean>, limitMs: number): Promise<void> {
  const giveUpAt = performance.now() + limitMs;
  while (!(await holds())) {
    if (performance.now() > giveUpAt) throw new Error(`it does not hold after ${limitMs} ms: ${holds}`);
    await wait(50);
  }
}

const TIME = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/g;

/** What is said of calls that a kill cut short, and of a cache that was away. */
const OF_USAGE = /calls? brought no whole answer and no bill|the response cache failed/;

/** A document without what may differ between two runs of the same input: its id, times, and what was used. */
export function comparable({ id: _, usage: __, timings: ___, warnings, ...rest }: Assessment): unknown {
  const told = warnings.filter((warning) => !OF_USAGE.test(warning));
  return JSON.parse(JSON.stringify({ ...rest, warnings: told }).replaceAll(TIME, 'T'));
}

/** Calls of models beyond the first with the same prompt. */
export function repeatedCalls(calls: readonly Asked[]): number {
  const prompts = calls.map(({ model, system, user }) =>
    createHash('sha256')
      .update(JSON.stringify([model, system, user]))
      .digest('hex'),
  );
  return prompts.length - new Set(prompts).size;
}

/** Jobs of all kinds in some states. */
export function jobsIn(queue: Record<string, Record<string, number>>, ...states: readonly string[]): number {
  return Object.values(queue).reduce(
    (sum, counts) => sum + states.reduce((part, state) => part + (counts[state] ?? 0), 0),
    0,
  );
}
