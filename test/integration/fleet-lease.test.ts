import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { comparable, idsOf, jobsIn, repeatedCalls, startFleet, type TestFleet, until, wait } from '../support/fleet.ts';
import { honest } from '../support/model-brains.ts';
import type { Asked } from '../support/model-server.ts';
import { documentOf, runEras, startEras, useHomes } from '../support/run-eras.ts';
import { hasService } from '../support/services.ts';

const hasRedis = hasService('redis-server');
const newHome = useHomes();
const IDS = idsOf(40);
const ASSESS = ['assess', ...IDS, '--format', 'json', '--batch-size', '10', '--concurrency', '8', '--distributed'];
const PATIENCE_MS = 60_000;
const MODEL_MS = 1500;

/** Every call of a batch is followed by a second one: the first answer of all cannot be read. */
const isSecond = ({ user }: Asked) => user.includes('could not be read');

describe.skipIf(!hasRedis)('a worker that was frozen beyond its locks', { timeout: 180_000 }, () => {
  let fleet: TestFleet;
  beforeAll(async () => {
    fleet = await startFleet(IDS);
    fleet.models.think((asked, call) => (isBatch(asked) && !isSecond(asked) ? UNREADABLE : honest(asked, call)));
    fleet.models.pace({ firstTokenMs: MODEL_MS, perTokenMs: 0 });
  });
  afterAll(() => fleet.close());

  it('asks no model any more for what others have meanwhile, and does not end their run', async () => {
    const home = newHome();
    const frozen = await fleet.startWorker(home);
    const run = startEras(ASSESS, fleet.env(home));
    await until(() => fleet.models.calls.length > 0, PATIENCE_MS);
    frozen.kill('SIGSTOP');
    await wait(MODEL_MS);
    const inFlight = fleet.models.calls.length;
    // Slower now: the sleeper wakes while the heir is at work.
    fleet.models.pace({ firstTokenMs: 3 * MODEL_MS, perTokenMs: 0 });
    const heir = await fleet.startWorker(home);
    await until(() => heir.stderr().includes('from a worker that is silent'), PATIENCE_MS);
    await until(() => fleet.models.calls.length > inFlight, PATIENCE_MS);
    frozen.kill('SIGCONT');
    const result = await run.done;
    expect(result.code).toBe(0);
    // Only what was in flight when it fell asleep was asked twice; it would have gone on with second calls of its own.
    expect(fleet.models.calls.filter(isSecond).length).toBeGreaterThan(0);
    expect(repeatedCalls(fleet.models.calls.filter(isSecond))).toBe(0);
    expect(repeatedCalls(fleet.models.calls)).toBeLessThanOrEqual(inFlight);
    expect(frozen.stderr()).toContain('this worker was silent for too long');
    expect(frozen.stderr()).not.toContain('the queue failed');
    await wait(1000);
    const shown = documentOf(await runEras(['show', documentOf(result).id, '--format', 'json'], fleet.env(home)));
    expect(comparable(shown)).toEqual(comparable(documentOf(result)));
    expect(jobsIn(await fleet.queue(home), 'waiting', 'active', 'delayed', 'blocked', 'dead')).toBe(0);
  });
});

const UNREADABLE = { kind: 'answer', text: 'not what was asked for' } as const;

function isBatch({ schema }: Asked): boolean {
  return 'findings' in ((schema?.['properties'] as object | undefined) ?? {});
}
