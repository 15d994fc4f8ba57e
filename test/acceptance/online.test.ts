import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Assessment } from '../../src/domain/assessment/schema.ts';
import { rawCveRecord, rawNvdRecord, WORST_CVSS } from '../support/raw-records.ts';
import { loadRealSources, type RealSources } from '../support/real-sources.ts';
import { documentOf, type ErasProcess, runEras, startEras, useHomes } from '../support/run-eras.ts';
import { type Behaviour, type ServedSource, type SourceServer, startSourceServer } from '../support/source-server.ts';
import { describeWithTestData } from '../support/test-data.ts';

const newHome = useHomes();
/** Short limits: what a source that hangs costs is their sum, and the tests have better things to do. */
const QUICK = { ERAS_HTTP_TIMEOUT_MS: '4000', ERAS_SOURCE_BUDGET_MS: '8000' };
/** Longer than any busy machine needs for a run within its budget, shorter than a server that never answers. */
const A_HANG_MS = 60_000;
const JSON_FORMAT = ['--format', 'json'];

async function serve(data: Parameters<typeof startSourceServer>[0]): Promise<SourceServer> {
  const server = await startSourceServer(data);
  return server;
}

describeWithTestData('1,000 real CVE records over the network', () => {
  let real: RealSources;
  let server: SourceServer;
  beforeAll(async () => {
    real = loadRealSources(1000);
    server = await serve({ ...real.data });
  });
  afterAll(() => server.close());

  // A key, so that NVD's window of five requests does not make the suite wait.
  const run = (env: Record<string, string> = {}) =>
    runEras(
      ['assess', '-', ...JSON_FORMAT],
      { ERAS_HOME: newHome(), NVD_API_KEY: 'test-key', ...server.env, ...env },
      real.cveIds.join('\n'),
    );

  it('come back as 1,000 valid findings, none dropped, in priority order', async () => {
    const result = await run();
    expect([result.code, result.stderr]).toEqual([0, '']);
    const { findings, gaps, usage, dataAsOf } = Assessment.parse(documentOf(result));
    expect(new Set(findings.map(({ cveId }) => cveId))).toEqual(new Set(real.cveIds));
    expect(gaps).toEqual([]);
    expect(findings.filter(({ status }) => status === 'rejected').length).toBeGreaterThan(0);
    const priorities = findings.map(({ risk }) => risk.priority);
    expect(priorities).toEqual([...priorities].sort((left, right) => right - left));
    expect(Object.values(dataAsOf).map(({ origin }) => origin)).toEqual(Array(5).fill('live'));
    expect(usage.http).toMatchObject({ nvd: 10, epss: 10, ssvc: 1000, kev: 1, attack: 1 });
  });

  it.each<[ServedSource, string]>([
    ['nvd', 'nvd'],
    ['kev', 'kev'],
    ['epss', 'epss'],
    ['cve', 'ssvc'],
  ])('are all there with their gaps when %s is down', async (served, source) => {
    server.behave(served, { kind: 'status', status: 503 });
    const result = await run({ ERAS_SOURCE_BUDGET_MS: '9000' });
    server.behave(served, { kind: 'normal' });
    expect(result.code).toBe(3);
    const { findings, gaps } = Assessment.parse(documentOf(result));
    expect(new Set(findings.map(({ cveId }) => cveId)).size).toBe(1000);
    expect(new Set(gaps.map((gap) => gap.source))).toEqual(new Set([source]));
    expect(gaps.every(({ reason }) => reason.includes('503'))).toBe(true);
    const incomplete = findings.filter(({ status }) => status === 'incomplete');
    expect(incomplete.length).toBeGreaterThan(800);
    expect(incomplete.every(({ cveId }) => gaps.some((gap) => gap.cveId === cveId))).toBe(true);
  });

  it('are asked for as planned', async () => {
    const env = { ERAS_HOME: newHome(), NVD_API_KEY: 'test-key', ...server.env };
    const ids = real.cveIds.slice(0, 150);
    const plan = async (cveIds: readonly string[]) =>
      JSON.parse((await runEras(['assess', ...cveIds, '--dry-run', '--format', 'json'], env)).stdout);
    server.requests.length = 0;
    const cold = await plan(ids);
    expect(server.requests).toEqual([]);
    const { stderr, stdout } = await runEras(['assess', ...ids, '--verbose', '--format', 'json'], env);
    expect(JSON.parse(stdout).usage.http).toMatchObject(cold.requests);
    expect(stderr).toContain('NVD: 150 by 2 requests, 2 at once\n');
    expect(await plan(real.cveIds.slice(0, 160))).toMatchObject({
      requests: { nvd: 1, epss: 1, ssvc: 10, kev: 0, attack: 0 },
      sources: expect.arrayContaining([expect.objectContaining({ source: 'ssvc', cache: 150, network: 10 })]),
    });
  });

  it('need no second request for what was just fetched', async () => {
    const env = { ERAS_HOME: newHome() };
    await run(env);
    const before = server.requests.length;
    const again = await run(env);
    expect(again.code).toBe(0);
    expect(server.requests.slice(before)).toEqual([]);
    expect(documentOf(again).usage.cache.hits).toBe(3000);
  });

  it('stand in from the mirror when every source is down afterwards', async () => {
    const env = { ERAS_HOME: newHome() };
    await run(env);
    const offline = await runEras(
      ['assess', '-', '--offline', ...JSON_FORMAT],
      { ...env, ...server.env },
      real.cveIds.join('\n'),
    );
    expect(offline.code).toBe(0);
    expect(documentOf(offline).dataAsOf.nvd.origin).toBe('mirror');
  });
});

const ID = 'CVE-2024-1000';
const RECORD = rawNvdRecord(ID, {
  description: 'A remote attacker can run code on the server.',
  cvss: WORST_CVSS,
  cwe: 'CWE-94',
});

describe('sources that misbehave', () => {
  let server: SourceServer;
  beforeAll(async () => {
    server = await serve({
      nvd: new Map([[ID, RECORD]]),
      cve: new Map([[ID, rawCveRecord(ID)]]),
      epss: new Map([[ID, { epss: '0.5', percentile: '0.9' }]]),
    });
  });
  afterAll(() => server.close());
  afterEach(() => server.behave('all', { kind: 'normal' }));
  const run = (ids: string[], env: Record<string, string> = {}) =>
    runEras(['assess', ...ids, ...JSON_FORMAT], { ERAS_HOME: newHome(), ...server.env, ...QUICK, ...env });

  it('assesses what is there, and says "not found" only where the sources were read', async () => {
    const result = await run(['CVE-2024-1000', 'CVE-2024-99999']);
    expect(result.code).toBe(0);
    const [first, second] = documentOf(result).findings;
    expect(first).toMatchObject({
      cveId: 'CVE-2024-1000',
      status: 'assessed',
      cvss: { baseScore: 9.8 },
      epss: { probability: 0.5 },
      kevStatus: 'not_listed',
    });
    expect(second).toMatchObject({ cveId: 'CVE-2024-99999', status: 'not_found', cvss: null, risk: { level: null } });
  });

  it.each<[string, Behaviour]>([
    ['answers garbage', { kind: 'garbage' }],
    ['answers half a JSON', { kind: 'truncated' }],
    ['forbids', { kind: 'status', status: 403 }],
    ['is overloaded', { kind: 'status', status: 503 }],
    ['hangs', { kind: 'hang' }],
    ['resets the connection', { kind: 'reset' }],
  ])('keeps the finding, incomplete and with its gap, when NVD %s', async (_, behaviour) => {
    server.behave('nvd', behaviour);
    const result = await run(['CVE-2024-1000']);
    server.behave('nvd', { kind: 'normal' });
    expect(result.code).toBe(3);
    const { findings, gaps } = Assessment.parse(documentOf(result));
    expect(findings[0]).toMatchObject({ cveId: 'CVE-2024-1000', status: 'incomplete' });
    expect(gaps).toEqual([{ cveId: 'CVE-2024-1000', source: 'nvd', reason: expect.stringContaining('GET http') }]);
    expect(result.milliseconds).toBeLessThan(A_HANG_MS);
  });

  it('is done within the budget when every source hangs', async () => {
    server.behave('all', { kind: 'hang' });
    const result = await run(['CVE-2024-1000']);
    server.behave('all', { kind: 'normal' });
    expect(result.code).toBe(3);
    expect(documentOf(result).findings[0]?.status).toBe('incomplete');
    expect(result.milliseconds).toBeLessThan(A_HANG_MS);
  });

  it('goes on after a few refusals', async () => {
    server.behave('nvd', { kind: 'status', status: 429, headers: { 'Retry-After': '1' }, times: 1 });
    server.behave('cve', { kind: 'status', status: 503, times: 1 });
    const result = await run(['CVE-2024-1000']);
    expect(result.code).toBe(0);
  });

  it('asks NVD one by one where it does not know lists of ids', async () => {
    server.behave('nvd', { kind: 'no-cve-ids', how: 'refuse' });
    const result = await run(['CVE-2024-1000', 'CVE-2024-99999']);
    server.behave('nvd', { kind: 'normal' });
    expect(result.code).toBe(0);
    expect(documentOf(result).findings.map(({ status }) => status)).toEqual(['assessed', 'not_found']);
  });

  it('never shows the key, whatever NVD says', async () => {
    server.behave('nvd', { kind: 'status', status: 404, headers: { message: 'Invalid apiKey.' }, body: '' });
    const result = await run(['CVE-2024-1000'], { NVD_API_KEY: 'very-secret-key', LOG_LEVEL: 'debug' });
    server.behave('nvd', { kind: 'normal' });
    expect(documentOf(result).gaps[0]?.reason).toContain('API key');
    expect(result.stdout + result.stderr).not.toContain('very-secret-key');
  });

  it('saves what it has when interrupted, and resumes without asking again', async () => {
    const env = {
      ERAS_HOME: newHome(),
      ...server.env,
      ...QUICK,
      ERAS_SOURCE_BUDGET_MS: '20000',
      ERAS_HTTP_TIMEOUT_MS: '20000',
    };
    server.behave('epss', { kind: 'hang' });
    const started = startEras(['assess', 'CVE-2024-1000', '--verbose', ...JSON_FORMAT], env);
    await untilAllButEpssGathered(started);
    started.kill('SIGINT');
    const result = await started.done;
    expect([result.code, result.stdout]).toEqual([130, '']);
    const id = /--resume (\w+)/.exec(result.stderr)?.[1] ?? '';

    server.behave('epss', { kind: 'normal' });
    const before = server.requests.length;
    const resumed = await runEras(['assess', '--resume', id, ...JSON_FORMAT], env);
    expect(resumed.code).toBe(0);
    expect(server.requests.slice(before).map(({ source }) => source)).toEqual(['epss']);
  });

  it('resumes after kill -9 without asking again for what was fetched', async () => {
    const env = { ERAS_HOME: newHome(), ...server.env, ERAS_SOURCE_BUDGET_MS: '20000', ERAS_HTTP_TIMEOUT_MS: '20000' };
    server.behave('epss', { kind: 'hang' });
    const started = startEras(['assess', 'CVE-2024-1000', '--verbose', ...JSON_FORMAT], env);
    await untilAllButEpssGathered(started);
    started.kill('SIGKILL');
    await started.done;
    server.behave('epss', { kind: 'normal' });
    const [listing] = JSON.parse((await runEras(['list', '--format', 'json'], env)).stdout);
    expect(listing.status).toBe('interrupted');
    const before = server.requests.length;
    const resumed = await runEras(['assess', '--resume', listing.id, ...JSON_FORMAT], env);
    expect(resumed.code).toBe(0);
    expect(documentOf(resumed).findings).toHaveLength(1);
    expect(server.requests.slice(before).map(({ source }) => source)).toEqual(['epss']);
  });

  it.each([
    ['a page for people', { 'content-type': 'text/html' }],
    ['nothing in its own words', {}],
  ])('does not believe that the CVE Program has lost a record because of a 404 with %s', async (_what, headers) => {
    server.behave('cve', { kind: 'status', status: 404, headers });
    const result = await runEras(['assess', 'CVE-2021-44228', '--format', 'json'], {
      ERAS_HOME: newHome(),
      ...server.env,
      ...QUICK,
    });
    expect(result.code).toBe(3);
    const document: Assessment = JSON.parse(result.stdout);
    expect(document.gaps).toContainEqual(expect.objectContaining({ cveId: 'CVE-2021-44228', source: 'ssvc' }));
    expect(document.findings[0]?.sources.ssvc.state).not.toBe('absent');
  });

  it('calls it a gap where the ATT&CK source that the user named is down', async () => {
    server.behave('attack', { kind: 'status', status: 404 });
    const result = await runEras(['assess', 'CVE-2021-44228', '--format', 'json'], {
      ERAS_HOME: newHome(),
      ...server.env,
      ...QUICK,
    });
    expect(result.code).toBe(3);
    expect(JSON.parse(result.stdout).gaps).toContainEqual(expect.objectContaining({ source: 'attack' }));
  });

  it('asks an NVD that keeps answering about something else only a few times', async () => {
    const page = { startIndex: 0, totalResults: 1, vulnerabilities: [{ cve: { id: 'CVE-1999-0001' } }] };
    server.behave('nvd', { kind: 'garbage', body: JSON.stringify(page) });
    const ids = Array.from({ length: 20 }, (_, index) => `CVE-2024-${20_000 + index}`);
    server.requests.length = 0;
    const result = await runEras(['assess', ...ids, '--format', 'json'], {
      ERAS_HOME: newHome(),
      ...server.env,
      NVD_API_KEY: 'test',
      ...QUICK,
    });
    expect(result.code).toBe(3);
    // One list, and those that are on their way when it is understood.
    expect(server.requests.filter(({ source }) => source === 'nvd').length).toBeLessThanOrEqual(15);
    expect(result.milliseconds).toBeLessThan(A_HANG_MS);
  });

  it('syncs what can be loaded whole, and keeps the old data where a source is bad', async () => {
    const env = { ERAS_HOME: newHome(), ...server.env, ...QUICK };
    const all = await runEras(['sync', 'all'], env);
    expect([all.code, all.stdout]).toEqual([0, expect.stringContaining('kev: 1 records')]);
    server.behave('kev', { kind: 'garbage' });
    expect((await runEras(['sync', 'kev'], env)).code).toBe(1);
    expect((await runEras(['sync', 'all'], env)).code).toBe(3);
    server.behave('kev', { kind: 'normal' });
    const doctor = await runEras(['doctor'], env);
    expect(doctor.stdout).toContain('CISA KEV: 1 records');
    expect((await runEras(['sync', 'nowhere'], env)).code).toBe(2);
  });
});

/** Until the store has the answers of every source but the one that hangs. */
async function untilAllButEpssGathered(run: ErasProcess): Promise<void> {
  const giveUpAt = Date.now() + 20_000;
  while (!['nvd', 'ssvc', 'kev', 'attack'].every((source) => run.stderr().includes(`${source}: 1 of 1`))) {
    if (Date.now() > giveUpAt) throw new Error(`the sources were not gathered: ${run.stderr()}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}
