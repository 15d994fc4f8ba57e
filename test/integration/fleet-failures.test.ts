import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Job, Queue } from 'bullmq';
import { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { JobKind } from '../../src/domain/job/job.ts';
import { comparable, idsOf, jobsIn, startFleet, type TestFleet, until } from '../support/fleet.ts';
import { documentOf, type ErasRun, runEras, startEras, useHomes } from '../support/run-eras.ts';
import { hasService } from '../support/services.ts';

const hasRedis = hasService('redis-server');
const newHome = useHomes();
const FEW = idsOf(30);
/** Too many for an assessment that somebody is thought to wait for. */
const MANY = idsOf(240, 20_000);
const SOME = idsOf(110, 30_000);
const ASSESS = ['assess', ...FEW, '--format', 'json', '--batch-size', '10'];
/** Nothing here is told in less than that where the machine is free; a busy one has time. */
const PATIENCE_MS = 60_000;
/** The limit of a test. */
const LIMIT_MS = 180_000;

describe.skipIf(!hasRedis)('a fleet in which something goes wrong for good', { timeout: LIMIT_MS }, () => {
  let fleet: TestFleet;
  beforeAll(async () => {
    fleet = await startFleet([...FEW, ...MANY, ...SOME]);
  });
  afterEach(async () => {
    await fleet.stopWorkers();
    fleet.sources.behave('all', { kind: 'normal' });
    await wipe(fleet);
  });
  afterAll(() => fleet.close());

  it('fails an assessment that cannot be scored, says why, and tries again when asked', async () => {
    const home = newHome();
    const run = startEras([...ASSESS, '--distributed', '--no-llm'], fleet.env(home));
    await waitFor(home, 'score', 'blocked', 1);
    await poison('score', 'waiting-children');
    const { origin } = await fleet.startWorker(home);
    await expectFailed(home, await run.done);
    // Of the two runs the first has failed.
    const metrics = await (await fetch(`${origin}/metrics`)).text();
    expect(metrics).toContain('assessments_total{status="failed"} 1');
    expect(metrics).toContain('assessments_total{status="done"} 1');
  });

  it('fails an assessment whose report cannot be written, says why, and tries again when asked', async () => {
    const home = newHome();
    const run = startEras([...ASSESS, '--distributed', '--no-llm'], fleet.env(home));
    await fleet.startWorker(home, ['--only', 'gather,score']);
    await waitFor(home, 'report', 'waiting', 1);
    await poison('report', 'prioritized');
    await fleet.startWorker(home);
    await expectFailed(home, await run.done);
  });

  it('has the rules write what a job that failed for good was to write, and notes it', async () => {
    const home = newHome();
    const run = startEras([...ASSESS, '--distributed'], fleet.env(home));
    await fleet.startWorker(home, ['--only', 'gather,score']);
    await waitFor(home, 'report', 'blocked', 1);
    await poison('write', 'prioritized');
    const worker = await fleet.startWorker(home);
    const result = await run.done;
    const [buried, ...others] = linesOf(worker.stderr()).filter(({ level }) => level === 'error');
    expect(others).toEqual([]);
    expect(buried).toMatchObject({
      msg: 'a job failed for good; it is a dead letter',
      assessmentId: documentOf(result).id,
    });
    expect(buried?.['jobId']).toMatch(new RegExp(`^${documentOf(result).id}\\.1\\.write\\.`));
    const done = linesOf(worker.stderr()).filter(({ msg }) => msg === 'a job is done');
    expect(done.length).toBeGreaterThan(0);
    for (const line of done)
      expect(line).toMatchObject({ assessmentId: buried?.['assessmentId'], jobId: expect.any(String) });
    const { findings } = documentOf(result);
    const noted = findings.filter(({ narrative }) =>
      narrative.notes.some((note) => note.includes('failed for good, and rules wrote: the job cannot be read')),
    );
    expect(noted.length).toBeGreaterThan(0);
    expect(noted.length).toBeLessThan(findings.length);
    expect(findings.every(({ narrative }) => narrative.summary !== '' && narrative.threat !== '')).toBe(true);
    expect(result.code).toBe(0);
    expect((await fleet.queue(home))['write']).toMatchObject({ dead: 1 });
  });

  it('tells of a job that is tried again, with its ids, and not as one that failed for good', async () => {
    const home = newHome();
    const run = startEras([...ASSESS, '--distributed', '--no-llm'], fleet.env(home));
    await waitFor(home, 'gather', 'waiting', 1);
    // Whose store does not have the assessment.
    const stranger = await fleet.startWorker(newHome());
    const tried = () => linesOf(stranger.stderr()).filter(({ msg }) => msg === 'a job failed; it is tried again');
    await until(() => tried().length > 0, PATIENCE_MS);
    expect(tried()[0]).toMatchObject({
      level: 'warn',
      attempts: 1,
      reason: expect.stringContaining('not in this worker'),
    });
    expect(tried()[0]?.['jobId']).toMatch(new RegExp(`^${tried()[0]?.['assessmentId']}\\.1\\.gather\\.`));
    await fleet.stopWorkers();
    run.kill('SIGKILL');
    await run.done;
  });

  it('puts on the queue again what a Redis that was emptied has lost', async () => {
    const home = newHome();
    const alone = documentOf(await runEras([...ASSESS, '--no-llm'], fleet.aloneEnv(newHome())));
    fleet.sources.behave('cve', { kind: 'normal', delayMs: 400 });
    await fleet.startWorker(home, ['--concurrency', '2']);
    fleet.sources.requests.length = 0;
    const run = startEras([...ASSESS, '--distributed', '--no-llm'], fleet.env(home));
    await until(() => fleet.sources.requests.some(({ source }) => source === 'cve'), PATIENCE_MS);
    await wipe(fleet);
    const result = await run.done;
    expect(result.code).toBe(0);
    expect(comparable(documentOf(result))).toEqual(comparable(alone));
    expect(jobsIn(await fleet.queue(home), 'waiting', 'active', 'delayed', 'blocked', 'dead')).toBe(0);
  });

  it('lets a tenant with little to do not wait for one with much', async () => {
    const home = newHome();
    const submit = (ids: readonly string[], tenant: string) =>
      startEras(['assess', ...ids, '--format', 'json', '--batch-size', '10', '--no-llm', '--distributed'], {
        ...fleet.env(home),
        ERAS_TENANT: tenant,
      });
    const [muchJobs, littleJobs] = [(2 * MANY.length) / 10, (2 * SOME.length) / 10];
    const much = submit(MANY, 'much');
    await waitFor(home, 'gather', 'waiting', muchJobs);
    const little = submit(SOME, 'little');
    await waitFor(home, 'gather', 'waiting', muchJobs + littleJobs);
    const atOnce = 2;
    const worker = await fleet.startWorker(home, ['--concurrency', String(atOnce)]);
    const [first, second] = [documentOf(await little.done), documentOf(await much.done)];
    const done = gatheredIn(worker.stderr());
    const ofLittle = done.filter((id) => id.startsWith(first.id));
    const before = done.slice(0, done.lastIndexOf(ofLittle.at(-1) ?? ''));
    expect([ofLittle.length, done.length]).toEqual([littleJobs, muchJobs + littleJobs]);
    // They take turns: neither gets much more than the other, until one has all of its own.
    const ofMuch = before.filter((id) => id.startsWith(second.id)).length;
    expect(ofMuch).toBeGreaterThan(littleJobs / 2);
    expect(ofMuch).toBeLessThanOrEqual(littleJobs + 2 * atOnce);
  });

  it('is not loaded by a process that works alone', async () => {
    const alone = await loadedBy([...ASSESS, '--no-llm'], fleet.aloneEnv(newHome()));
    expect(alone.some((url) => url.endsWith('/dist/main.js'))).toBe(true);
    expect(alone.filter((url) => QUEUE_PACKAGES.test(url))).toEqual([]);
    // The way of looking finds them where they are loaded.
    const asking = await loadedBy(['queue'], fleet.env(newHome()));
    expect(asking.filter((url) => QUEUE_PACKAGES.test(url)).length).toBeGreaterThan(10);
  });

  async function waitFor(home: string, kind: JobKind, state: string, jobs: number): Promise<void> {
    await until(async () => ((await fleet.queue(home))[kind]?.[state] ?? 0) >= jobs, PATIENCE_MS);
  }

  /** Spoils one job that waits, so that no worker can read it. */
  async function poison(kind: JobKind, state: 'waiting-children' | 'prioritized'): Promise<void> {
    const queue = new Queue(kind, { connection: { url: fleet.redis.url }, prefix: '{eras}' });
    const [job] = (await queue.getJobs([state])) as Job[];
    expect(job).toBeDefined();
    await job?.updateData({ ...job.data, assessmentId: 42 });
    await queue.close();
  }

  async function expectFailed(home: string, result: ErasRun): Promise<void> {
    expect([result.code, result.stdout]).toEqual([1, '']);
    const line =
      /^eras: the assessment (\S+) failed: the job cannot be read: [^\n]*--resume \1 --distributed tries again$/m;
    const id = line.exec(result.stderr)?.[1] ?? '';
    expect(result.stderr).toMatch(line);
    const listed = JSON.parse((await runEras(['list', '--format', 'json'], fleet.env(home))).stdout);
    expect(listed).toEqual([expect.objectContaining({ id, status: 'failed' })]);
    expect(jobsIn(await fleet.queue(home), 'waiting', 'active', 'delayed', 'blocked')).toBe(0);
    const again = await runEras(['assess', '--resume', id, '--distributed', '--format', 'json'], fleet.env(home));
    expect([again.code, documentOf(again).findings.length]).toEqual([0, FEW.length]);
  }
});

const QUEUE_PACKAGES = /\/node_modules\/(?:bullmq|ioredis)\//;

/** Addresses of all scripts that a process has loaded: its coverage names them. */
async function loadedBy(args: readonly string[], env: Readonly<Record<string, string>>): Promise<string[]> {
  const folder = mkdtempSync(join(newHome(), 'loaded-'));
  const { code } = await runEras(args, { ...env, NODE_V8_COVERAGE: folder });
  expect(code).toBe(0);
  return readdirSync(folder).flatMap((name) => {
    const { result } = JSON.parse(readFileSync(join(folder, name), 'utf8')) as { result: { url: string }[] };
    return result.map(({ url }) => url);
  });
}

/** What a worker has logged. */
function linesOf(log: string): Readonly<Record<string, unknown>>[] {
  return log
    .split('\n')
    .filter((line) => line.startsWith('{') && line.endsWith('}'))
    .map((line) => JSON.parse(line));
}

/** Ids of the gathering jobs that a worker says it has done, in their order. */
function gatheredIn(log: string): string[] {
  return [...log.matchAll(/"jobId":"([^"]+\.gather\.[^"]+)"[^\n]*"a job is done"/g)].map(([, id]) => id ?? '');
}

async function wipe({ redis }: Pick<TestFleet, 'redis'>): Promise<void> {
  const client = new Redis(redis.url);
  await client.flushall();
  client.disconnect();
}
