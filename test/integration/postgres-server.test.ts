import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPostgres } from '../../src/adapters/postgres/postgres-link.ts';
import { NO_TOKENS } from '../../src/domain/language-model/token-usage.ts';
import { wait } from '../support/fleet.ts';
import { hasPostgres, type PostgresServer, startPostgres } from '../support/postgres-server.ts';
import { openTruthAt, serverAt } from '../support/postgres-truth.ts';
import { assessmentHead, rankedFinding } from '../support/stored-findings.ts';

const CREATED = '2026-01-02T03:04:05.000Z';
const ID = '01A';
const begin = (store: Awaited<ReturnType<typeof openTruthAt>>) =>
  store.assessments.createAssessment({
    id: ID,
    createdAt: CREATED,
    request: { targets: [], cveIds: [], options: {} },
    intakeGaps: [],
    subjects: [],
    http: {},
  });

describe.skipIf(!hasPostgres())('a PostgreSQL server', () => {
  let server: PostgresServer;
  beforeAll(async () => {
    server = await startPostgres(true);
  }, 120_000);
  afterAll(() => server.stop(), 120_000);
  const failure = (url: string) =>
    openPostgres(serverAt(url, { patienceMs: 500 })).then(
      async (link) => {
        await link.close();
        return { code: 'none', message: 'it was opened' };
      },
      (error: { code: string; message: string }) => error,
    );

  it('is set up once by many that start at the same time', async () => {
    const url = await server.create();
    const links = await Promise.all(Array.from({ length: 10 }, () => openPostgres(serverAt(url, { poolSize: 2 }))));
    expect(new Set(links.map(({ storeId }) => storeId)).size).toBe(1);
    await Promise.all(links.map((link) => link.close()));
  });

  it('says what is wrong in one line without the password', async () => {
    const url = await server.create();
    const user = (name: string) => url.replace('eras:', `${name}:`);
    await server.run(url, `CREATE USER nobody PASSWORD 'secret-word'`);
    const latin = await server.create(`ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0`);
    const cases: readonly (readonly [string, string, RegExp])[] = [
      [
        url.replace('secret-word', 'secret-wrong'),
        'STORE_FAILED',
        /refuses the password of "eras"; look at DATABASE_URL/,
      ],
      [server.url('nothing'), 'STORE_FAILED', /has no database "nothing"; create it/],
      [user('nobody'), 'STORE_FAILED', /does not let "nobody" do that: .*GRANT CREATE ON DATABASE/],
      [
        'postgresql://eras:secret-word@127.0.0.1:9/x',
        'STORE_FAILED',
        /127\.0\.0\.1:9 is not reachable: .*ECONNREFUSED/,
      ],
      ['postgresql://eras:secret-word@no.invalid/x', 'STORE_FAILED', /no\.invalid:5432 is not reachable/],
      ['postgresql://eras:secret-word@127.0.0.1:99999/x', 'BAD_INPUT', /DATABASE_URL cannot be used/],
      [latin, 'STORE_FAILED', /keeps this database in LATIN1; create one with ENCODING 'UTF8'/],
      [`${url}?sslmode=secret-word-mode`, 'BAD_INPUT', /its sslmode is none of disable, allow/],
      [`${url}?sslmode=verify-ca`, 'BAD_INPUT', /needs sslrootcert/],
      [`${url}?sslmode=verify-full`, 'STORE_FAILED', /has a certificate that is not trusted/],
      [`${url}?sslmode=verify-full&sslrootcert=/secret-word`, 'BAD_INPUT', /a file that it names: ENOENT/],
    ];
    for (const [at, code, message] of cases) {
      const error = await failure(at);
      expect([error.code, error.message]).toEqual([code, expect.stringMatching(message)]);
      expect(error.message).not.toMatch(/secret|\n/);
    }
  });

  it('needs no more than a schema where somebody has made it', async () => {
    const url = await server.create();
    await server.run(url, `CREATE USER app PASSWORD 'secret-word'; CREATE SCHEMA eras AUTHORIZATION app`);
    const store = await openTruthAt(url.replace('eras:', 'app:'));
    await begin(store);
    expect(await store.assessments.listAssessments()).toHaveLength(1);
    await store.close();
  });

  it('is refused where it is too old, or its store too new', async () => {
    const url = await server.create();
    await expect(openPostgres(serverAt(url), 99)).rejects.toThrow(/is version \d+\.\d+.*; ERAS needs 99 or newer/);
    await (await openPostgres(serverAt(url))).close();
    await server.run(url, 'UPDATE eras.schema_version SET version = 99');
    expect((await failure(url)).message).toMatch(
      /written by a newer version of ERAS \(schema 99, this one knows \d+\)/,
    );
  });

  it.each([
    ['', true],
    ['?sslmode=disable', false],
    ['?sslmode=allow', false],
    ['?sslmode=prefer', true],
    ['?sslmode=require', true],
    ['?sslmode=verify-ca&sslrootcert=CERTIFICATE', true],
  ])('is spoken to as libpq would with "%s"', async (query, isEncrypted) => {
    const link = await openPostgres(
      serverAt(`${await server.create()}${query.replace('CERTIFICATE', server.certificate)}`),
    );
    const [row] = await link.read((ask) => ask('SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()'));
    expect(row).toEqual({ ssl: isEncrypted });
    await link.close();
  });

  it('is wanted by its name with verify-full', async () => {
    const url = await server.create();
    const full = `${url}?sslmode=verify-full&sslrootcert=${server.certificate}`;
    await (await openPostgres(serverAt(full.replace('127.0.0.1', 'localhost')))).close();
    expect((await failure(full)).message).toMatch(/certificate that is not trusted/);
  });

  it('keeps its audit log from being changed, and shows what was done to it all the same', async () => {
    const url = await server.create();
    const store = await openTruthAt(url);
    for (const target of ['one', 'two', 'three']) await store.audit.append({ action: 'test', target, detail: null });
    for (const statement of [
      `UPDATE eras.audit_log SET actor = 'nobody'`,
      'DELETE FROM eras.audit_log WHERE sequence = 3',
      'TRUNCATE eras.audit_log',
      `INSERT INTO eras.audit_log SELECT 9, at, actor, action, target, detail, previous_hash, hash FROM eras.audit_log LIMIT 1`,
    ]) {
      await expect(server.run(url, statement)).rejects.toThrow('append-only');
    }
    await server.run(
      url,
      'ALTER TABLE eras.audit_log DISABLE TRIGGER USER; DELETE FROM eras.audit_log WHERE sequence = 2',
    );
    expect((await store.audit.verify()).broken?.reason).toMatch(/entry 2 is missing/);
    await store.close();
  });

  it('loses nothing of what is written while it is killed and started again, and writes nothing twice', async () => {
    const url = await server.create();
    const store = await openTruthAt(url, { patienceMs: 60_000 });
    await begin(store);
    const saved = { warnings: 0, findings: 0 };
    let isOver = false;
    const write = async (work: () => Promise<unknown>, kind: keyof typeof saved) => {
      while (!isOver) {
        await work();
        saved[kind] += 1;
      }
    };
    const writing = Promise.all([
      write(() => store.assessments.saveWarning(ID, `w${saved.warnings}`), 'warnings'),
      write(() => store.assessments.saveFindings(ID, [rankedFinding(`f${saved.findings}`, 1)]), 'findings'),
      write(() => store.audit.append({ action: 'test', target: 'x', detail: null }), 'findings'),
    ]);
    for (let times = 0; times < 3; times += 1) {
      await new Promise((resolve) => setTimeout(resolve, 300));
      await server.kill();
      await server.start();
    }
    await new Promise((resolve) => setTimeout(resolve, 300));
    isOver = true;
    await writing;
    const warnings = (await store.assessments.findAssessment(ID))?.warnings ?? [];
    expect(warnings).toHaveLength(saved.warnings);
    expect(warnings).toEqual(Array.from({ length: saved.warnings }, (_, index) => `w${index}`));
    expect((await store.audit.verify()).broken).toBeNull();
    await store.assessments.finishAssessment(ID, assessmentHead(ID));
    await store.close();
  }, 120_000);

  it('is given up in one line when it stays away', async () => {
    const url = await server.create();
    const store = await openTruthAt(url, { patienceMs: 300 });
    await server.kill();
    try {
      await expect(store.assessments.listAssessments()).rejects.toMatchObject({
        code: 'STORE_FAILED',
        message: expect.stringMatching(/is not reachable/),
      });
    } finally {
      await server.start();
      await store.close();
    }
  }, 60_000);

  it('is waited for by whoever has a paid answer in hand, well beyond its patience', async () => {
    const url = await server.create();
    const store = await openTruthAt(url, { patienceMs: 300 });
    const id = await store.ledger.book(BOOKED);
    await server.kill();
    const reply = { text: '{}', stop: 'end' } as const;
    const closing = store.ledger.close(id, { ...NOTHING_USED, reply });
    await wait(1500);
    await server.start();
    await closing;
    expect(await store.ledger.findPaid(BOOKED.assessmentId, BOOKED.promptHash)).toEqual({ kind: 'answered', reply });
    await store.close();
  }, 60_000);

  it('says that a statement takes too long', async () => {
    const link = await openPostgres(serverAt(await server.create(), { timeoutMs: 300 }));
    await expect(link.read((query) => query('SELECT pg_sleep(5)'))).rejects.toThrow(/longer than DATABASE_TIMEOUT_MS/);
    await link.close();
  });

  it('has an assessment worked on by one process: until its lease ends, or it is known to be gone', async () => {
    const url = await server.create();
    const [one, other] = [await openTruthAt(url), await openTruthAt(url)];
    await begin(one);
    expect(await other.assessments.claimAssessment(ID)).toBe(false);
    expect(await one.assessments.claimAssessment(ID)).toBe(true);
    expect((await other.assessments.findAssessment(ID))?.status).toBe('running');
    expect([await one.tickets.claimWriter(), await other.tickets.claimWriter()]).toEqual([true, false]);
    await server.run(
      url,
      `UPDATE eras.runs SET touched_at = now() - interval '61 seconds'; UPDATE eras.ticket_writer SET touched_at = now() - interval '61 seconds'`,
    );
    expect((await other.assessments.findAssessment(ID))?.status).toBe('interrupted');
    const claims = await Promise.all([other.assessments.claimAssessment(ID), other.tickets.claimWriter()]);
    expect(claims).toEqual([true, true]);
    expect(await one.assessments.claimAssessment(ID)).toBe(false);
    await Promise.all([one.close(), other.close()]);
  });

  it('finds a process of this machine that was killed gone at once', async () => {
    const url = await server.create();
    const folder = join(import.meta.dirname, '../..');
    const code = `
      const { openPostgresTruth } = await import(${JSON.stringify(join(folder, 'src/runtime/open-postgres-truth.ts'))});
      const { thisProcess } = await import(${JSON.stringify(join(folder, 'src/adapters/postgres/owner.ts'))});
      const server = { url: ${JSON.stringify(url)}, poolSize: 2, timeoutMs: 30000, patienceMs: 1000, owner: thisProcess() };
      const store = await openPostgresTruth(server, { clock: { now: () => new Date() }, actor: 'a', headFolder: null });
      await store.assessments.createAssessment({ id: '01A', createdAt: '${CREATED}', request: { targets: [], cveIds: [], options: {} },
        intakeGaps: [], subjects: [], http: {} });
      console.log('ready');
      setInterval(() => undefined, 1000);`;
    const child = spawn('node', ['--import', 'tsx', '--input-type=module', '-e', code], {
      cwd: folder,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await new Promise((resolve) => child.stdout.once('data', resolve));
    const store = await openTruthAt(url);
    expect(await store.assessments.claimAssessment(ID)).toBe(false);
    child.kill('SIGKILL');
    await new Promise((resolve) => child.once('close', resolve));
    expect((await store.assessments.findAssessment(ID))?.status).toBe('interrupted');
    expect(await store.assessments.claimAssessment(ID)).toBe(true);
    await store.close();
  });
});

const BOOKED = {
  assessmentId: 'paid',
  agent: 'threat',
  provider: 'anthropic',
  model: 'claude-haiku-5-5',
  promptVersion: 'test/1',
  pricesAsOf: '2026-01-01',
  isBatch: false,
  isCacheAsked: false,
  promptHash: 'p',
  mostUsd: 0.1,
  sentAt: '2026-01-02T03:04:05.000Z',
} as const;
const NOTHING_USED = {
  outcome: 'answered',
  usage: NO_TOKENS,
  costUsd: 0.1,
  endedAt: '2026-01-02T03:04:06.000Z',
} as const;
