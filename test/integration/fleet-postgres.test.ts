import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { comparable, idsOf, jobsIn, repeatedCalls, startFleet, type TestFleet, until, wait } from '../support/fleet.ts';
import { hasPostgres, type PostgresServer, startPostgres } from '../support/postgres-server.ts';
import { documentOf, runEras, startEras, useHomes } from '../support/run-eras.ts';
import { hasService } from '../support/services.ts';

const hasRedis = hasService('redis-server');
const newHome = useHomes();
const IDS = idsOf(60);
const SLOW = { kind: 'normal', delayMs: 150 } as const;
const ASSESS = ['assess', ...IDS, '--format', 'json', '--batch-size', '10'];
/** What is waited for comes within a second or two where the machine is free; a busy one has time. */
const PATIENCE_MS = 60_000;
/** The limit of a test. */
const LIMIT_MS = 180_000;

describe.skipIf(!hasRedis || !hasPostgres())('a fleet of machines with one PostgreSQL', { timeout: LIMIT_MS }, () => {
  let fleet: TestFleet;
  let postgres: PostgresServer;
  beforeAll(async () => {
    postgres = await startPostgres();
    fleet = await startFleet(IDS, { DATABASE_URL: await postgres.create() });
  });
  afterAll(async () => {
    await fleet.close();
    await postgres.stop();
  });

  it('gives the same assessment, each with a mirror of its own, also where the server is restarted', async () => {
    const { DATABASE_URL: _, ...embedded } = fleet.aloneEnv(newHome());
    const alone = documentOf(await runEras(ASSESS, embedded));
    fleet.models.calls.length = 0;
    fleet.models.pace({ firstTokenMs: 500, perTokenMs: 0 });
    fleet.sources.behave('cve', SLOW);
    await fleet.startWorker(newHome());
    await fleet.startWorker(newHome());
    const run = startEras([...ASSESS, '--distributed'], fleet.env(newHome()));
    await until(() => fleet.models.calls.length > 2, PATIENCE_MS);
    await postgres.kill();
    await wait(500);
    await postgres.start();
    const result = await run.done;
    expect([result.code, result.stderr.includes('failed')]).toEqual([0, false]);
    expect(comparable(documentOf(result))).toEqual(comparable(alone));
    expect(repeatedCalls(fleet.models.calls)).toBe(0);
    expect(jobsIn(await fleet.queue(newHome()), 'waiting', 'active', 'delayed', 'blocked', 'dead')).toBe(0);
  });

  it('holds a cost cap over all of them', async () => {
    await fleet.stopWorkers();
    await runEras(['cache', 'clear'], fleet.env(newHome()));
    for (let worker = 0; worker < 2; worker += 1) await fleet.startWorker(newHome());
    const run = await runEras([...ASSESS, '--distributed', '--max-cost', '0.004'], fleet.env(newHome()));
    expect(run.code).toBe(3);
    expect(documentOf(run).usage.llm.costUsd).toBeLessThanOrEqual(0.004);
  });
});
