import { type TestFleet, wait } from '../test/support/fleet.ts';
import { honest } from '../test/support/model-brains.ts';
import { documentOf, runEras } from '../test/support/run-eras.ts';

/** Accounts enough that nobody waits for the rate limit of a source. */
export const MANY_KEYS = Array.from({ length: 60 }, (_, index) => `key-${index}`).join(',');

/** What --concurrency takes. */
const MOST_LANES = 1000;

/** A fleet and the work that is measured with it. */
export interface WritingRun {
  readonly fleet: TestFleet;
  readonly home: string;
  readonly ids: readonly string[];
  /** CVEs of another assessment, which goes before: workers that have been at work have their code loaded. */
  readonly before: readonly string[];
  readonly workers: number;
  /** Calls of a worker at the same time. */
  readonly concurrency: number;
  /** Findings a call. */
  readonly batchSize: number;
  readonly latencyMs: number;
}

/** How long the model was written with, and what arithmetic says of it. */
export interface WritingTime {
  readonly calls: number;
  /** From the first call to the end of the last; the summary, which waits for all others, left out. Milliseconds. */
  readonly writingMs: number;
  /** Calls × latency ÷ (workers × calls of each at the same time). Milliseconds. */
  readonly leastMs: number;
  readonly wholeRunMs: number;
}

/** Starts workers, has them do an assessment that does not count, and measures how long the one that does is written with a model of a fixed latency. */
export async function measureWriting(run: WritingRun): Promise<WritingTime> {
  const { fleet, home, ids, before, workers, concurrency, batchSize, latencyMs } = run;
  const times: number[] = [];
  fleet.models.think((asked, call) => {
    times.push(performance.now());
    return honest(asked, call);
  });
  for (let index = 0; index < workers; index += 1) {
    await fleet.startWorker(home, ['--concurrency', String(concurrency)]);
  }
  // So many lanes that calls are cut by the size of their batch alone.
  const lanes = String(Math.min(MOST_LANES, 2 * Math.ceil(ids.length / batchSize)));
  const assess = async (some: readonly string[]) => {
    const args = ['assess', '-', '--format', 'json', '--batch-size', String(batchSize), '--concurrency', lanes];
    const done = await runEras([...args, '--distributed'], fleet.env(home), some.join('\n'));
    if (done.code !== 0) throw new Error(done.stderr);
    return documentOf(done);
  };
  fleet.models.pace({ firstTokenMs: 20, perTokenMs: 0 });
  await assess(before);
  await wait(500);
  times.length = 0;
  fleet.models.calls.length = 0;
  fleet.models.pace({ firstTokenMs: latencyMs, perTokenMs: 0 });
  const { timings } = await assess(ids);
  const calls = times.slice(0, -1);
  return {
    calls: calls.length,
    writingMs: Math.round((calls.at(-1) ?? 0) - (calls[0] ?? 0) + latencyMs),
    leastMs: Math.round((calls.length * latencyMs) / (workers * concurrency)),
    wholeRunMs: timings.totalMs,
  };
}
