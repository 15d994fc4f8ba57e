import { setTimeout as pause } from 'node:timers/promises';
import type { Config } from '../config/config.ts';
import { JOB_KINDS, type JobKind } from '../domain/job/job.ts';
import { messageOf } from '../kernel/risk-error.ts';
import type { Metrics } from '../ports/metrics.ts';
import { createEngine } from './create-engine.ts';
import { type Fleet, openFleet } from './open-fleet.ts';
import { openLog } from './open-log.ts';
import type { OpenStore } from './open-store.ts';
import { openTelemetry } from './open-telemetry.ts';
import { watchRedis } from './watch-redis.ts';

/** How a worker works. */
export interface WorkerOptions {
  readonly version: string;
  /** Jobs at the same time that wait for others: of scoring and reporting, which work themselves, it does one. */
  readonly concurrency: number;
  readonly kinds: readonly JobKind[];
}

/** Where a worker's metrics are, unless configured. */
const METRICS_PORT = 8000;
/** A run that was cancelled is heard of within so long. */
const HEED_MS = 500;
const QUEUE_STATES = ['waiting', 'active', 'delayed', 'blocked', 'dead'] as const;

/**
 * Works until `signal` aborts, then ends what it has begun, or gives it back when its time is up. Starts and stops in order: store, queue, metrics, jobs.
 * @throws RiskError `QUEUE_FAILED`, `OUTPUT_FAILED` where it cannot begin
 */
export async function runWorker(
  config: Config,
  store: OpenStore,
  { version, concurrency, kinds }: WorkerOptions,
  signal: AbortSignal,
): Promise<void> {
  const log = openLog(config, undefined, config.serviceLogLevel);
  const fleet = await openFleet(config, {
    what: 'eras worker',
    isAttended: false,
    onTrouble: (reason) => log.warn('Redis does not answer; going on when it does', { reason }),
  });
  try {
    await work(config, store, { version, concurrency, kinds }, { signal, fleet, log });
  } finally {
    await fleet.close();
  }
}

interface Surroundings {
  readonly signal: AbortSignal;
  readonly fleet: Fleet;
  readonly log: ReturnType<typeof openLog>;
}

async function work(
  config: Config,
  store: OpenStore,
  { version, concurrency, kinds }: WorkerOptions,
  { signal, fleet, log }: Surroundings,
): Promise<void> {
  const state = { isTaking: false };
  const watch = watchRedis(fleet.ping, log);
  const telemetry = await openTelemetry(config, {
    metricsPort: config.metrics.port ?? METRICS_PORT,
    version,
    onTrouble: (reason) => log.warn('traces do not arrive', { reason }),
    queues: JOB_KINDS,
    states: QUEUE_STATES,
    isReady: () => state.isTaking && watch.isAnswering(),
    beforeScrape: (metrics) => measureQueues(fleet, metrics),
  });
  const engine = createEngine({ ...config, logLevel: config.serviceLogLevel }, store, version, {
    telemetry,
    clock: fleet.clock,
    isLongLived: true,
  });
  const runner = await engine.runJobs(fleet);
  const workers = await fleet.startWorkers({
    concurrency: Object.fromEntries(kinds.map((kind) => [kind, waitsForOthers(kind) ? concurrency : 1])),
    handle: runner.handle,
    onDead: runner.jobDied,
    log,
  });
  state.isTaking = true;
  log.info('the worker takes jobs', { kinds, concurrency, metrics: `${telemetry.metricsOrigin}/metrics` });
  const heeding = setInterval(() => void heed(), HEED_MS);

  let isHeeding = false;
  async function heed(): Promise<void> {
    // A Redis that stands still keeps one question waiting, and not one more with each turn.
    if (isHeeding) return;
    isHeeding = true;
    await runner.heedCancellations().catch((error: unknown) => {
      log.info('cancellations cannot be read', { reason: messageOf(error) });
    });
    isHeeding = false;
  }

  await new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
  state.isTaking = false;
  log.info('the worker stops taking jobs', { drainMs: config.fleet.drainMs });
  const isLate = await inTime(workers.drain(), config.fleet.drainMs);
  if (isLate) {
    log.info('jobs are given back', {});
    runner.giveBack();
    await inTime(workers.drain(), GIVE_BACK_MS);
  }
  clearInterval(heeding);
  watch.stop();
  await inTime(workers.close(), GIVE_BACK_MS);
  await engine.close();
  await telemetry.close();
  log.info('the worker has stopped', {});
}

/** What is given back is a few round trips away from being done with. */
const GIVE_BACK_MS = 5000;

const waitsForOthers = (kind: JobKind) => kind === 'gather' || kind === 'write';

/** Whether some work took too long. */
async function inTime(work: Promise<void>, limitMs: number): Promise<boolean> {
  const timer = new AbortController();
  const late = pause(limitMs, true, { signal: timer.signal }).catch(() => false);
  const isLate = await Promise.race([work.then(() => false), late]);
  timer.abort();
  return isLate;
}

/** How long a scrape waits for a queue that does not answer. */
const SCRAPE_MS = 2000;

async function measureQueues({ queue }: Fleet, metrics: Metrics): Promise<void> {
  const states = await Promise.race([queue.states(), pause(SCRAPE_MS, null, { ref: false })]);
  for (const state of states ?? []) {
    metrics.queueJobs(state.kind, Object.fromEntries(QUEUE_STATES.map((name) => [name, state[name]])));
  }
}
