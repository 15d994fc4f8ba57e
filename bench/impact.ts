import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { assess, costOf, type Run, type Served, startServer } from './language-model.ts';

/** What an optimisation is worth: the share of cost and of time that it takes away; null where it was not measured. */
export interface Impact {
  readonly name: string;
  /** What is set against what. */
  readonly how: string;
  /** What the guide that ERAS began with expects, in words. */
  readonly expected: { readonly cost: string; readonly time: string };
  readonly cost: number | null;
  readonly time: number | null;
}

const CVES = 50;

const ONE_MODEL = Object.fromEntries(
  ['ERAS_MODEL_FAST', 'ERAS_MODEL_BALANCED', 'ERAS_MODEL_DEEP'].map((name) => [name, 'claude-sonnet-5-5']),
);

/**
 * Each optimisation switched off in turn, at 50 CVEs that a model writes of, against scripted servers (200 ms a source and to the first token, 2 ms a
 * token): how much more the run without it takes and costs.
 */
export async function benchImpact(): Promise<Impact[]> {
  const { process: server, served } = await startServer();
  const home = mkdtempSync(join(tmpdir(), 'eras-bench-impact-'));
  try {
    await assess(served, 1, {});
    return await measure(served, home);
  } finally {
    server.kill('SIGTERM');
    rmSync(home, { recursive: true, force: true });
  }
}

async function measure(served: Served, home: string): Promise<Impact[]> {
  const run = (options: Parameters<typeof assess>[2], setting?: Parameters<typeof assess>[3]) =>
    assess(served, CVES, options, setting);
  const all = await run({}, { keptHome: home });
  const again = await run({}, { keptHome: home });
  const oneTier = await run({}, { env: ONE_MODEL });
  const unbatched = await run({ batchSize: 1 });
  const oneLane = await run({ concurrency: 2 });
  const inTurn = await run({ concurrency: 1 });
  // The fast tier's model caches no prompt as short as ours: caching shows where another one writes, a call a finding.
  const cached = await run({ batchSize: 1 }, { env: ONE_MODEL });
  const uncached = await run({ batchSize: 1 }, { env: ONE_MODEL, promptCaching: false });
  const nothing = await run({ batchSize: 1, concurrency: 1 }, { env: ONE_MODEL, promptCaching: false });
  return [
    {
      name: 'Prompt caching',
      how: 'one balanced model, a call a finding: with and without; the whole cost, answers included',
      expected: { cost: '90 % (of cached prompts)', time: '–' },
      ...compare(cached, uncached, 'cost'),
    },
    {
      name: 'Model selection',
      how: 'models by task against the balanced one for everything',
      expected: { cost: '80 %', time: '–' },
      ...compare(all, oneTier, 'cost'),
    },
    {
      name: 'Parallel agents',
      how: 'both agents at once against one call at a time, a call each',
      expected: { cost: '–', time: '50 %' },
      ...compare(oneLane, inTurn, 'time'),
    },
    {
      name: 'Parallel calls',
      how: 'eight calls an agent at once against one',
      expected: { cost: '–', time: '–' },
      ...compare(all, oneLane, 'time'),
    },
    {
      name: 'Response caching',
      how: 'the same assessment again against the first time',
      expected: { cost: '70 %', time: '95 % (hit)' },
      ...compare(again, all, 'both'),
    },
    {
      name: 'Batch processing',
      how: 'ten findings a call or so against one',
      expected: { cost: '60 %', time: '40 %' },
      ...compare(all, unbatched, 'both'),
    },
    {
      name: 'Combined',
      how: 'all of it (but the response cache, first time) against none of it',
      expected: { cost: '85–95 %', time: '60–70 %' },
      ...compare(all, nothing, 'both'),
    },
  ];
}

function compare(on: Run, off: Run, what: 'cost' | 'time' | 'both') {
  return {
    cost: what === 'time' ? null : 1 - costOf(on) / costOf(off),
    time: what === 'cost' ? null : 1 - on.milliseconds / off.milliseconds,
  };
}
