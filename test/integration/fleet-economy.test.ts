import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Assessment } from '../../src/domain/assessment/schema.ts';
import { comparable, idsOf, jobsIn, repeatedCalls, startFleet, type TestFleet, until, wait } from '../support/fleet.ts';
import { documentOf, runEras, startEras, useHomes } from '../support/run-eras.ts';
import { hasService } from '../support/services.ts';

const hasRedis = hasService('redis-server');
const newHome = useHomes();
const IDS = idsOf(40);
const ASSESS = ['assess', ...IDS, '--format', 'json', '--batch-size', '10', '--economy'];
const PATIENCE_MS = 60_000;
/** A batch that was made has its name kept within so long. */
const NAMED_MS = 1500;

describe.skipIf(!hasRedis)('half-price batches in a fleet', { timeout: 180_000 }, () => {
  let fleet: TestFleet;
  let alone: Assessment;
  beforeAll(async () => {
    fleet = await startFleet(IDS);
    alone = documentOf(await runEras(ASSESS, fleet.aloneEnv(newHome())));
    expect(alone.findings.every(({ narrative }) => narrative.source === 'llm')).toBe(true);
  });
  afterAll(() => fleet.close());

  it('cost and give what they do in one process; where a worker is killed that waits for one, others wait on, and it is paid once', async () => {
    const home = newHome();
    const killed = await fleet.startWorker(home);
    fleet.models.calls.length = 0;
    fleet.models.holdBatches(true);
    const run = startEras([...ASSESS, '--distributed'], fleet.env(home));
    await until(() => fleet.models.calls.length > 0, PATIENCE_MS);
    await wait(NAMED_MS);
    const paid = fleet.models.calls.length;
    killed.kill('SIGKILL');
    fleet.models.holdBatches(false);
    await fleet.startWorker(home);
    await fleet.startWorker(home);
    const result = await run.done;
    expect(result.code).toBe(0);
    const document = documentOf(result);
    const of = (one: Assessment) => (comparable(one) as Assessment).findings;
    expect(of(document)).toEqual(of(alone));
    expect([paid > 1, repeatedCalls(fleet.models.calls)]).toEqual([true, 0]);
    expect(document.warnings.join()).not.toContain('no whole answer');
    // Half of what one call after the other costs; the calls are cut a little smaller than in one process.
    expect(document.usage.llm.costUsd).toBeLessThan(1.1 * (alone.usage.llm.costUsd ?? 0));
    expect(jobsIn(await fleet.queue(home), 'waiting', 'active', 'delayed', 'blocked', 'dead')).toBe(0);
  });
});
