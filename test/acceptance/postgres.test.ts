import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Assessment } from '../../src/domain/assessment/schema.ts';
import { hasPostgres, type PostgresServer, startPostgres } from '../support/postgres-server.ts';
import { documentOf, type ErasProcess, runEras, startEras, useHomes } from '../support/run-eras.ts';
import { type SourceServer, startSourceServer } from '../support/source-server.ts';

const newHome = useHomes();
const OFFLINE = ['assess', 'CVE-2021-44228', 'CVE-2024-3094', '--offline', '--format', 'json'];
const PROCESSES = 10;

/** A document without what may differ between two runs of the same input. */
function comparable(document: Assessment): unknown {
  const { id: _id, createdAt: _created, finishedAt: _finished, timings: _timings, ...rest } = document;
  return rest;
}

async function until(started: ErasProcess, text: string): Promise<void> {
  while (!started.stderr().includes(text)) await new Promise((resolve) => setTimeout(resolve, 20));
}

describe.skipIf(!hasPostgres())('eras with DATABASE_URL', () => {
  let postgres: PostgresServer;
  let sources: SourceServer;
  beforeAll(async () => {
    postgres = await startPostgres();
    sources = await startSourceServer();
  }, 120_000);
  afterAll(async () => {
    await sources.close();
    await postgres.stop();
  }, 120_000);

  it('comes to the same document as without, and any machine can read it', async () => {
    const url = await postgres.create();
    const here = { ERAS_HOME: newHome(), DATABASE_URL: url };
    const there = { ERAS_HOME: newHome(), DATABASE_URL: url };
    const embedded = await runEras(OFFLINE, { ERAS_HOME: newHome() });
    const first = await runEras(OFFLINE, here);
    expect([first.code, first.stderr]).toEqual([0, '']);
    expect(comparable(documentOf(first))).toEqual(comparable(documentOf(embedded)));
    expect(Object.keys(documentOf(first).findings[0] ?? {})).toEqual(
      Object.keys(documentOf(embedded).findings[0] ?? {}),
    );
    const second = await runEras(OFFLINE, there);
    const ids = [documentOf(first).id, documentOf(second).id];
    const listed = JSON.parse((await runEras(['list', '--format', 'json'], here)).stdout) as { id: string }[];
    expect(listed.map(({ id }) => id)).toEqual(ids.toReversed());
    expect((await runEras(['show', ids[0] ?? '', '--format', 'json'], there)).stdout).toBe(first.stdout);
    expect(await runEras(['diff', ...ids], there)).toMatchObject({ code: 0 });
    expect(await runEras(['costs'], there)).toMatchObject({ code: 0 });
    expect((await runEras(['audit', 'verify'], there)).stdout).toContain('empty');
    // Nothing of it is in the machine's own file.
    const own = new Database(join(here.ERAS_HOME, 'eras.db'), { readonly: true });
    expect(own.prepare('SELECT count(*) FROM assessments').pluck().get()).toBe(0);
    own.close();
  }, 60_000);

  it('is begun by ten processes at once', async () => {
    const url = await postgres.create();
    const runs = await Promise.all(
      Array.from({ length: PROCESSES }, () => runEras(OFFLINE, { ERAS_HOME: newHome(), DATABASE_URL: url })),
    );
    for (const { code, stderr } of runs) expect([code, stderr]).toEqual([0, '']);
    const listed = await runEras(['list', '--format', 'json'], { ERAS_HOME: newHome(), DATABASE_URL: url });
    expect(JSON.parse(listed.stdout)).toHaveLength(PROCESSES);
  }, 120_000);

  it('resumes after kill -9, also on another machine, and no sooner', async () => {
    const database = { DATABASE_URL: await postgres.create() };
    const env = { ...database, ...sources.env, ERAS_SOURCE_BUDGET_MS: '60000', ERAS_HTTP_TIMEOUT_MS: '60000' };
    sources.behave('epss', { kind: 'hang' });
    const started = startEras(['assess', 'CVE-2024-1000', '--verbose', '--format', 'json'], {
      ERAS_HOME: newHome(),
      ...env,
    });
    await until(started, 'NVD');
    const other = { ERAS_HOME: newHome(), ...env };
    const list = async () => JSON.parse((await runEras(['list', '--format', 'json'], other)).stdout)[0];
    const { id } = await list();
    expect((await runEras(['assess', '--resume', id], other)).stderr).toContain(
      'is being worked on by another process',
    );
    started.kill('SIGKILL');
    await started.done;
    sources.behave('epss', { kind: 'normal' });
    expect((await list()).status).toBe('interrupted');
    const resumed = await runEras(['assess', '--resume', id, '--format', 'json'], other);
    expect(resumed.code).toBe(0);
    expect(documentOf(resumed)).toMatchObject({ id, findings: [{ cveId: 'CVE-2024-1000' }] });
  }, 60_000);

  it('goes on with a run whose server is killed and started again', async () => {
    const database = { DATABASE_URL: await postgres.create() };
    const env = { ERAS_HOME: newHome(), ...database, ...sources.env };
    sources.behave('epss', { kind: 'normal', delayMs: 4000 });
    const started = startEras(['assess', 'CVE-2024-1000', '--verbose', '--format', 'json'], env);
    await until(started, 'NVD');
    await postgres.kill();
    await new Promise((resolve) => setTimeout(resolve, 5000));
    await postgres.start();
    const run = await started.done;
    sources.behave('epss', { kind: 'normal' });
    expect(run.code).toBe(0);
    expect(Assessment.parse(documentOf(run))).toMatchObject({ findings: [{ cveId: 'CVE-2024-1000' }], gaps: [] });
  }, 90_000);

  it('is told by doctor whether it is there', async () => {
    const doctor = async (url: string) => {
      const { stdout, code } = await runEras(['doctor', '--json'], { ERAS_HOME: newHome(), DATABASE_URL: url });
      const { ok, checks } = JSON.parse(stdout) as { ok: boolean; checks: { name: string }[] };
      expect(stdout).not.toContain('secret-word');
      return { ok, code, postgres: checks.find(({ name }) => name === 'postgres') };
    };
    expect(await doctor(await postgres.create())).toMatchObject({
      ok: true,
      code: 0,
      postgres: {
        status: 'ok',
        detail: expect.stringMatching(/^version \d+\.\d+ at 127\.0\.0\.1:\d+, database eras_/),
        fix: null,
      },
    });
    const locked = await postgres.create();
    await runEras(['list'], { ERAS_HOME: newHome(), DATABASE_URL: locked });
    const name = new URL(locked).pathname.slice(1);
    await postgres.run(postgres.url('postgres'), `ALTER DATABASE ${name} SET default_transaction_read_only = on`);
    expect(await doctor(locked)).toMatchObject({
      code: 1,
      postgres: { status: 'fail', detail: expect.stringContaining('may only be read') },
    });
    const refused = await runEras(['assess', 'CVE-2021-44228', '--offline'], {
      ERAS_HOME: newHome(),
      DATABASE_URL: locked,
    });
    expect([refused.code, refused.stderr]).toEqual([
      1,
      expect.stringMatching(/^eras: PostgreSQL at \S+ may only be read: [^\n]+\n$/),
    ]);
    expect(await doctor('postgresql://eras:secret-word@127.0.0.1:9/x')).toMatchObject({
      ok: false,
      code: 1,
      postgres: { status: 'fail', fix: expect.stringContaining('DATABASE_URL') },
    });
  }, 60_000);

  it.each([
    [
      'postgresql://eras:secret-word@127.0.0.1:9/x',
      1,
      /^eras: PostgreSQL at 127\.0\.0\.1:9 is not reachable: [^\n]+\n$/,
    ],
    ['mysql://eras:secret-word@127.0.0.1/x', 2, /^eras: DATABASE_URL is not a postgres or postgresql URL[^\n]+\n$/],
  ])('is one line where it cannot be used', async (url, code, line) => {
    const run = await runEras(OFFLINE, { ERAS_HOME: newHome(), DATABASE_URL: url });
    expect([run.code, run.stdout]).toEqual([code, '']);
    expect(run.stderr).toMatch(line);
    expect(run.stderr).not.toContain('secret');
  });

  it('takes in what the embedded store held, and gives it back', async () => {
    const [embedded, fresh] = [{ ERAS_HOME: newHome() }, { ERAS_HOME: newHome() }];
    const database = { ERAS_HOME: newHome(), DATABASE_URL: await postgres.create() };
    const { id } = documentOf(await runEras(OFFLINE, embedded));
    const shown = (await runEras(['show', id, '--format', 'json'], embedded)).stdout;
    const [there, back] = ['there.ndjson.gz', 'back.ndjson'].map((name) => join(embedded.ERAS_HOME, name)) as [
      string,
      string,
    ];
    expect(await runEras(['db', 'export', '--output', there], embedded)).toMatchObject({ code: 0 });
    expect(await runEras(['db', 'import', there], database)).toMatchObject({ code: 0 });
    expect((await runEras(['show', id, '--format', 'json'], database)).stdout).toBe(shown);
    expect(await runEras(['db', 'export', '--output', back], database)).toMatchObject({ code: 0 });
    expect(await runEras(['db', 'import', back], fresh)).toMatchObject({ code: 0 });
    expect((await runEras(['show', id, '--format', 'json'], fresh)).stdout).toBe(shown);
    const backup = await runEras(['db', 'backup', '--format', 'json'], database);
    expect(backup.stderr).toContain('pg_dump');
    expect(existsSync(JSON.parse(backup.stdout).path)).toBe(true);
  }, 60_000);
});

describe('eras db on the embedded store', () => {
  it('makes a backup that is a store, and prunes by age, by number and by the config file', async () => {
    const env = { ERAS_HOME: newHome() };
    const ids: string[] = [];
    for (let times = 0; times < 3; times += 1) ids.push(documentOf(await runEras(OFFLINE, env)).id);
    const home = newHome();
    const backup = await runEras(['db', 'backup', '--output', join(home, 'eras.db')], env);
    expect([backup.code, backup.stdout]).toEqual([0, `${join(home, 'eras.db')}\n`]);
    const listed = async (at: { ERAS_HOME: string }) =>
      (JSON.parse((await runEras(['list', '--format', 'json'], at)).stdout) as { id: string }[]).map(({ id }) => id);
    expect(await listed({ ERAS_HOME: home })).toEqual(ids.toReversed());

    const prune = (...args: string[]) => runEras(['db', 'prune', ...args], env);
    expect(await prune()).toMatchObject({ code: 2, stderr: expect.stringContaining('--older-than 90d') });
    expect(await prune('--older-than', '0d')).toMatchObject({ code: 2, stderr: expect.stringContaining('--yes') });
    expect((await prune('--older-than', '90d', '--yes')).stdout).toContain('Nothing is old enough');
    expect((await prune('--older-than', '0d', '--dry-run')).stdout).toContain(ids[0]);
    expect(await listed(env)).toHaveLength(3);
    const pruned = await prune('--older-than', '0d', '--keep', '2', '--yes', '--format', 'json');
    expect(JSON.parse(pruned.stdout)).toMatchObject({ days: 0, keep: 2, removed: [ids[0]] });
    const config = join(home, 'config.json');
    writeFileSync(config, JSON.stringify({ retention: { days: 1, keep: 1 } }));
    expect(await runEras(['db', 'prune', '--yes'], { ...env, ERAS_CONFIG: config })).toMatchObject({ code: 0 });
    expect(await listed(env)).toEqual([ids[2], ids[1]]);
  }, 60_000);

  it('refuses what is no whole archive, and changes nothing', async () => {
    const env = { ERAS_HOME: newHome() };
    await runEras(OFFLINE, env);
    const archive = join(env.ERAS_HOME, 'a.ndjson.gz');
    await runEras(['db', 'export', '--output', archive], env);
    const cut = join(env.ERAS_HOME, 'cut.gz');
    const bytes = readFileSync(archive);
    writeFileSync(cut, bytes.subarray(0, bytes.length - 20));
    const fresh = { ERAS_HOME: newHome() };
    for (const [path, reason] of [
      [cut, 'it is damaged'],
      ['/nowhere', 'ENOENT'],
      [join(env.ERAS_HOME, 'eras.db'), 'no archive of ERAS'],
    ] as const) {
      const run = await runEras(['db', 'import', path], fresh);
      expect([run.code, run.stderr.split('\n').length, run.stderr]).toEqual([2, 2, expect.stringContaining(reason)]);
    }
    expect((await runEras(['list', '--format', 'json'], fresh)).stdout.trim()).toBe('[]');
    expect(await runEras(['db', 'burn'], env)).toMatchObject({ code: 2 });
    expect(await runEras(['db', 'export', '--output', '/nowhere/x'], env)).toMatchObject({ code: 1 });
  }, 60_000);
});
