import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Queue } from 'bullmq';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Assessment } from '../../src/domain/assessment/schema.ts';
import { comparable, idsOf, jobsIn, repeatedCalls, startFleet, type TestFleet, until, wait } from '../support/fleet.ts';
import { documentOf, runEras, startEras, useHomes } from '../support/run-eras.ts';
import { freePort, hasService } from '../support/services.ts';

const hasRedis = hasService('redis-server');
const newHome = useHomes();
const IDS = idsOf(60);
const SLOW = { kind: 'normal', delayMs: 150 } as const;
/** What is waited for comes within a second or two where the machine is free; a busy one has time. */
const PATIENCE_MS = 60_000;
/** The limit of a test. */
const LIMIT_MS = 180_000;
/** So much later a busy machine may be. */
const BUSY_MS = 10_000;
const ASSESS = ['assess', ...IDS, '--format', 'json', '--batch-size', '10'];

describe('without a queue', () => {
  it('says what to set, or that nobody answers, in one line', async () => {
    const none = await runEras(['assess', 'CVE-2021-44228', '--distributed'], { ERAS_HOME: newHome() });
    expect([none.code, none.stdout]).toEqual([2, '']);
    expect(none.stderr).toMatch(/^eras: --distributed needs a queue: set REDIS_URL[^\n]*\n$/);
    const env = { ERAS_HOME: newHome(), REDIS_URL: `redis://:secret-word@127.0.0.1:${await freePort()}` };
    const runs = [['assess', 'CVE-2021-44228', '--distributed'], ['worker'], ['queue']].map((args) =>
      runEras(args, { ...env, LOG_LEVEL: 'silent' }),
    );
    for (const { code, stderr } of await Promise.all(runs)) {
      expect([code, stderr]).toEqual([
        1,
        expect.stringMatching(/^eras: cannot reach Redis at 127\.0\.0\.1:\d+: [^\n]*\n$/),
      ]);
      expect(stderr).not.toContain('secret-word');
    }
    expect((await runEras(['worker', '--only', 'cook'], env)).code).toBe(2);
  });
});

describe.skipIf(!hasRedis)('a fleet', { timeout: LIMIT_MS }, () => {
  let fleet: TestFleet;
  let alone: Assessment;
  let aloneSaid = '';
  beforeAll(async () => {
    fleet = await startFleet(IDS);
    const run = await runEras(ASSESS, fleet.aloneEnv(newHome()));
    [alone, aloneSaid] = [documentOf(run), run.stderr];
    fleet.models.calls.length = 0;
    fleet.sources.requests.length = 0;
  });
  afterEach(async () => {
    await fleet.stopWorkers();
    await runEras(['cache', 'clear'], fleet.env(newHome()));
    fleet.sources.behave('all', { kind: 'normal' });
    fleet.models.pace({ firstTokenMs: 0, perTokenMs: 0 });
    fleet.models.calls.length = 0;
    fleet.sources.requests.length = 0;
  });
  afterAll(() => fleet.close());

  it('gives the same assessment as one process, asks nobody twice, and leaves nothing on the queue', async () => {
    const home = newHome();
    await fleet.startWorker(home);
    await fleet.startWorker(home);
    const run = await runEras([...ASSESS, '--distributed'], fleet.env(home));
    expect([run.code, run.stderr]).toEqual([0, aloneSaid]);
    const document = Assessment.parse(documentOf(run));
    expect(document.findings.every(({ narrative }) => narrative.source === 'llm')).toBe(true);
    expect(comparable(document)).toEqual(comparable(alone));
    expect(repeatedCalls(fleet.models.calls)).toBe(0);
    expect(document.usage.llm.calls).toBe(fleet.models.calls.length);
    const asked = fleet.sources.requests.map(({ url }) => url);
    expect(new Set(asked).size).toBe(asked.length);
    expect(jobsIn(await fleet.queue(home), 'waiting', 'active', 'delayed', 'blocked', 'dead')).toBe(0);
  });

  it('counts of each assessment its own look-ups in the cache, once each, whichever worker makes them', async () => {
    const home = newHome();
    const workers = [await fleet.startWorker(home), await fleet.startWorker(home)];
    const usageOf = async (ids: readonly string[]) => {
      const run = ['assess', ...ids, '--format', 'json', '--batch-size', '10', '--distributed', '--no-llm'];
      return documentOf(await runEras(run, fleet.env(home))).usage.cache;
    };
    const [first, second] = await Promise.all([usageOf(IDS.slice(0, 40)), usageOf(IDS.slice(40))]);
    for (const [usage, count] of [
      [first, 40],
      [second, 20],
    ] as const) {
      for (const namespace of ['nvd_cve', 'epss', 'ssvc'])
        expect(usage.byNamespace[namespace]).toEqual({ hits: 0, misses: count });
      const all = Object.values(usage.byNamespace);
      expect(usage.misses).toBe(all.reduce((sum, { misses }) => sum + misses, 0));
    }
    const again = await usageOf(IDS.slice(0, 15));
    for (const namespace of ['nvd_cve', 'epss', 'ssvc'])
      expect(again.byNamespace[namespace]).toEqual({ hits: 15, misses: 0 });
    const told = await Promise.all(workers.map(async ({ origin }) => (await fetch(`${origin}/metrics`)).text()));
    const missed = told.map(
      (text) => /^cache_requests_total\{namespace="epss",result="miss"\} (\d+)$/m.exec(text)?.[1],
    );
    expect(missed.reduce((sum, count) => sum + Number(count ?? 0), 0)).toBe(60);
  });

  it('is told of by metrics, and by probes', async () => {
    const home = newHome();
    const { origin } = await fleet.startWorker(home, ['--only', 'score,report']);
    expect((await fetch(`${origin}/readyz`)).status).toBe(200);
    const metrics = await (await fetch(`${origin}/metrics`)).text();
    expect(metrics).toContain('queue_jobs{queue="gather",state="waiting"} 0');
    expect((await fleet.queue(home))['gather']).toMatchObject({ workers: 0 });
    expect((await fleet.queue(home))['score']).toMatchObject({ workers: 1 });
  });

  it('is not ready while Redis stands still, lives, says so once, and is ready again', async () => {
    const worker = await fleet.startWorker(newHome());
    const statusOf = async (path: string) => (await fetch(`${worker.origin}${path}`)).status;
    expect(await statusOf('/readyz')).toBe(200);
    fleet.redis.freeze();
    try {
      await until(async () => (await statusOf('/readyz')) === 503, PATIENCE_MS);
      expect(await statusOf('/healthz')).toBe(200);
    } finally {
      fleet.redis.thaw();
    }
    await until(async () => (await statusOf('/readyz')) === 200, PATIENCE_MS);
    expect(worker.stderr().match(/the worker is not ready until it does/g)).toHaveLength(1);
    expect(worker.stderr()).toContain('Redis answers again; the worker is ready');
  });

  it('takes over from workers that are killed or frozen, within 15 s', async () => {
    const home = newHome();
    fleet.models.pace({ firstTokenMs: 400, perTokenMs: 0 });
    fleet.sources.behave('all', SLOW);
    const [killed, frozen] = [await fleet.startWorker(home), await fleet.startWorker(home)];
    const run = startEras([...ASSESS, '--distributed'], fleet.env(home));
    await until(() => fleet.models.calls.length > 0, PATIENCE_MS);
    killed.kill('SIGKILL');
    frozen.kill('SIGSTOP');
    const lostAt = Date.now();
    const heir = await fleet.startWorker(home);
    const result = await run.done;
    expect(result.code).toBe(0);
    const takenAt = [...heir.stderr().matchAll(/"time":"?([^",]+)"?,[^\n]*from a worker that is silent/g)];
    const waitedMs = takenAt.map(
      ([, time = '']) => new Date(/^\d+$/.test(time) ? Number(time) : time).getTime() - lostAt,
    );
    expect(waitedMs.length).toBeGreaterThan(0);
    expect(Math.max(...waitedMs)).toBeLessThan(15_000 + BUSY_MS);
    const inFlight = 16;
    expect(repeatedCalls(fleet.models.calls)).toBeLessThanOrEqual(inFlight);
    // A sleeper that wakes has nothing to say any more.
    frozen.kill('SIGCONT');
    await wait(1500);
    const { id } = documentOf(result);
    const shown = documentOf(await runEras(['show', id, '--format', 'json'], fleet.env(home)));
    expect(shown).toEqual(documentOf(result));
    expect(comparable(shown)).toEqual(comparable(alone));
    expect(jobsIn(await fleet.queue(home), 'waiting', 'active', 'delayed', 'blocked', 'dead')).toBe(0);
  });

  it('drains a worker that is asked to stop, and gives back what takes too long', async () => {
    const home = newHome();
    fleet.sources.behave('all', SLOW);
    // One job at a time: however late a busy machine tells it, most are left for the next one.
    const patient = await fleet.startWorker(home, ['--concurrency', '1']);
    const run = startEras([...ASSESS, '--distributed', '--no-llm'], fleet.env(home));
    await until(() => fleet.sources.requests.length > 3, PATIENCE_MS);
    patient.kill('SIGTERM');
    expect((await patient.done).code).toBe(0);
    expect(patient.stderr()).not.toContain('given back');

    fleet.sources.behave('all', { kind: 'hang', times: 8 });
    const askedBefore = fleet.sources.requests.length;
    const hasty = await fleet.startWorker(home, ['--concurrency', '2'], { ERAS_WORKER_DRAIN_MS: '300' });
    await until(() => fleet.sources.requests.length > askedBefore, PATIENCE_MS);
    hasty.kill('SIGTERM');
    expect((await hasty.done).code).toBe(0);
    expect(hasty.stderr()).toContain('given back');
    fleet.sources.behave('all', { kind: 'normal' });
    const helper = await fleet.startWorker(home);
    const backAt = performance.now();
    const result = await run.done;
    expect([result.code, documentOf(result).findings.length]).toEqual([0, IDS.length]);
    // What is given back is taken at once: nobody waits for a lock to run out.
    expect(performance.now() - backAt).toBeLessThan(11_000 + BUSY_MS);
    expect(helper.stderr()).not.toContain('silent');
  });

  it('goes on without a job that nobody can do, and says what is missing', async () => {
    const home = newHome();
    const run = startEras([...ASSESS, '--distributed', '--no-llm'], fleet.env(home));
    await until(async () => ((await fleet.queue(home))['gather']?.['waiting'] ?? 0) >= 12, PATIENCE_MS);
    const queue = openQueue(fleet, 'gather');
    const [poisoned] = (await queue.getJobs(['prioritized'])).filter(
      ({ data }) => data.agent === 'vulnerability' && data.batch === 2,
    );
    await poisoned?.updateData({ ...poisoned.data, cveIds: ['rm -rf /'] });
    await fleet.startWorker(home);
    const result = await run.done;
    expect(result.code).toBe(3);
    const { findings, gaps } = documentOf(result);
    const lost = IDS.slice(20, 30);
    expect(
      findings
        .filter(({ status }) => status === 'incomplete')
        .map(({ cveId }) => cveId)
        .sort(),
    ).toEqual(lost);
    expect(new Set(gaps.map(({ cveId }) => cveId))).toEqual(new Set(lost));
    expect(gaps[0]?.reason).toContain('failed for good: the job cannot be read');

    const { stdout } = await runEras(['queue', 'dead', '--format', 'json'], fleet.env(home));
    const [dead] = JSON.parse(stdout) as { id: string; kind: string; reason: string }[];
    expect(dead).toMatchObject({ id: poisoned?.id, kind: 'gather', reason: expect.stringContaining('cannot be read') });
    expect((await runEras(['queue', 'replay', 'no-such-job'], fleet.env(home))).code).toBe(2);
    expect((await runEras(['queue', 'replay', dead?.id ?? ''], fleet.env(home))).code).toBe(0);
    await until(async () => ((await fleet.queue(home))['gather']?.['dead'] ?? 0) === 1, PATIENCE_MS);
    expect((await runEras(['queue', 'remove', '--all'], fleet.env(home))).code).toBe(0);
    expect(jobsIn(await fleet.queue(home), 'waiting', 'active', 'delayed', 'blocked', 'dead')).toBe(0);
    await queue.close();
  });

  it('goes by the configuration of whoever hands it in, and warns as one process does', async () => {
    const config = join(newHome(), 'eras.json');
    writeFileSync(
      config,
      JSON.stringify({
        levels: { critical: 8, high: 4, medium: 2 },
        loss: { bands: { 5: { low: 50_000, high: 2_000_000 } } },
      }),
    );
    const assets = join(newHome(), 'assets.csv');
    const unknown = Array.from({ length: 51 }, (_, index) => `CVE-2019-${90_000 + index}`);
    writeFileSync(assets, `id,criticality,cve\n${[...IDS, ...unknown].map((id) => `shop,5,${id}`).join('\n')}\n`);
    const args = ['assess', assets, '--format', 'json', '--batch-size', '10'];
    const own = { ERAS_CONFIG: config, ERAS_LLM: 'none' };
    const alone = await runEras(args, { ...fleet.aloneEnv(newHome()), ...own });
    const home = newHome();
    await fleet.startWorker(home);
    const together = await runEras([...args, '--distributed'], { ...fleet.env(home), ...own });
    expect(comparable(documentOf(together))).toEqual(comparable(documentOf(alone)));
    const { findings, warnings } = documentOf(together);
    expect(findings.every(({ narrative }) => narrative.source === 'rules')).toBe(true);
    expect(findings.some(({ risk }) => risk.level === 'Critical')).toBe(true);
    expect(warnings.join()).not.toContain('knows none');
  });

  it('leaves a job of a newer version to others', async () => {
    const home = newHome();
    const queue = openQueue(fleet, 'gather');
    await queue.add('gather', { v: 2, kind: 'gather', anything: true }, { jobId: 'from-tomorrow' });
    await fleet.startWorker(home);
    await until(async () => ((await fleet.queue(home))['gather']?.['delayed'] ?? 0) === 1, PATIENCE_MS);
    await wait(2500);
    expect((await fleet.queue(home))['gather']).toMatchObject({ dead: 0 });
    await fleet.stopWorkers();
    await queue.remove('from-tomorrow');
    await queue.close();
  });

  it('stops when the one who follows does, and goes on from there', async () => {
    const home = newHome();
    fleet.sources.behave('cve', { kind: 'normal', delayMs: 1000 });
    const { origin } = await fleet.startWorker(home, ['--concurrency', '2']);
    const run = startEras([...ASSESS, '--distributed', '--no-llm'], fleet.env(home));
    await until(() => fleet.sources.requests.some(({ source }) => source === 'cve'), PATIENCE_MS);
    await wait(1200);
    run.kill('SIGINT');
    const stopped = await run.done;
    expect(stopped.code).toBe(130);
    const id = /--resume (\S+)/.exec(stopped.stderr)?.[1] ?? '';
    await until(
      async () => jobsIn(await fleet.queue(home), 'waiting', 'active', 'delayed', 'blocked') === 0,
      PATIENCE_MS,
    );
    const metrics = async () => (await fetch(`${origin}/metrics`)).text();
    await until(async () => (await metrics()).includes('assessments_total{status="interrupted"} 1'), PATIENCE_MS);
    fleet.sources.behave('all', { kind: 'normal' });
    const resumed = await runEras(['assess', '--resume', id, '--distributed', '--format', 'json'], fleet.env(home));
    expect([resumed.code, documentOf(resumed).findings.length]).toEqual([0, IDS.length]);
  });

  it('is followed by others, event by event', async () => {
    const home = newHome();
    fleet.models.pace({ firstTokenMs: 300, perTokenMs: 0 });
    await fleet.startWorker(home);
    const run = startEras([...ASSESS, '--distributed', '--stream'], fleet.env(home));
    await until(() => fleet.models.calls.length > 0, PATIENCE_MS);
    const { stdout } = await runEras(['list', '--format', 'json'], fleet.env(home));
    const [{ id, status }] = JSON.parse(stdout);
    expect(status).toBe('running');
    const other = await runEras(['assess', '--resume', id, '--distributed', '--stream'], fleet.env(home));
    const first = await run.done;
    const read = (text: string) =>
      text
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as { type: string; name?: string; cveId?: string });
    for (const { code, stdout: lines } of [first, other]) {
      expect(code).toBe(0);
      const events = read(lines);
      const types = events.map(({ type }) => type);
      expect([types[0], types.at(-1)]).toEqual(['assessment-start', 'assessment-end']);
      expect(events.filter(({ type }) => type === 'finding-added')).toHaveLength(IDS.length);
      const stages = events.flatMap(({ type, name }) => (type.startsWith('stage-') ? [`${type} ${name}`] : []));
      expect(stages.slice(0, 2)).toEqual(['stage-start vulnerability', 'stage-start threat']);
      expect(stages.slice(-2)).toEqual(['stage-start report', 'stage-end report']);
      expect(new Set(events.filter(({ type }) => type === 'narrative-delta').map(({ cveId }) => cveId)).size).toBe(
        IDS.length + 1,
      );
    }
  });

  it('keeps a cost cap over all workers', async () => {
    const home = newHome();
    fleet.models.pace({ firstTokenMs: 200, perTokenMs: 0 });
    for (let worker = 0; worker < 3; worker += 1) await fleet.startWorker(home);
    const cap = (alone.usage.llm.costUsd ?? 0) / 2;
    const run = await runEras([...ASSESS, '--distributed', '--max-cost', String(cap)], fleet.env(home));
    expect(run.code).toBe(3);
    const { usage, findings } = documentOf(run);
    expect(usage.llm.costUsd).toBeLessThanOrEqual(cap);
    expect(findings.every(({ narrative }) => narrative.summary !== '' && narrative.threat !== '')).toBe(true);
  });

  it('waits for a worker, and says so', async () => {
    const home = newHome();
    const run = startEras(['assess', 'CVE-2024-10000', '--distributed', '--no-llm'], fleet.env(home));
    await until(() => run.stderr().includes('no worker takes gather jobs'), PATIENCE_MS);
    await fleet.startWorker(home);
    expect((await run.done).code).toBe(0);
  });
});

/** The queue itself, for what no user does. */
function openQueue(fleet: TestFleet, kind: string): Queue {
  return new Queue(kind, { connection: { url: fleet.redis.url }, prefix: '{eras}' });
}
