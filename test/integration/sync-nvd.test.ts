import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CveId } from '../../src/domain/cve/cve-id.ts';
import { systemClock } from '../../src/kernel/clock.ts';
import { type OpenStore, openStoreFile } from '../../src/runtime/open-store.ts';
import { rawCveRecord, rawNvdRecord, WORST_CVSS } from '../support/raw-records.ts';
import { runEras, startEras } from '../support/run-eras.ts';
import { type SourceServer, startSourceServer } from '../support/source-server.ts';

const COUNT = 230;
const HOUR_MS = 3_600_000;
let home: string;
let nvd: Map<string, Record<string, unknown>>;
let server: SourceServer;

beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), 'eras-sync-'));
  nvd = new Map(ids(COUNT).map((id) => [id, toRecord(id, '2024-02-02T03:04:05.678')]));
  server = await startSourceServer({ nvd, nvdPageSize: 50, nvdTimestamp: moment(-24 * HOUR_MS) });
});
afterEach(async () => {
  await server.close();
  rmSync(home, { recursive: true, force: true });
});

const ids = (count: number, first = 1000) => Array.from({ length: count }, (_, index) => `CVE-2024-${first + index}`);
const moment = (offsetMs: number) => new Date(Date.now() + offsetMs).toISOString().replace('Z', '');
const env = () => ({ ERAS_HOME: home, ...server.env, NVD_API_KEY: 'test' });
const sync = (...args: string[]) => runEras(['sync', 'nvd', ...args], env());
const pagesAsked = () =>
  server.requests.map(({ url }) => Number(new URL(url, 'http://x').searchParams.get('startIndex')));

function toRecord(id: string, lastModified: string, score = 9.8) {
  const local = { vector: 'CVSS:3.1/AV:L/AC:L/PR:L/UI:N/S:U/C:H/I:H/A:H', score, severity: 'HIGH' } as const;
  const criteria = 'cpe:2.3:a:example:server:*:*:*:*:*:*:*:*';
  const cpeMatch = [{ vulnerable: true, criteria, versionEndExcluding: '3.1' }];
  return rawNvdRecord(id, {
    lastModified,
    cvss: score === WORST_CVSS.score ? WORST_CVSS : local,
    cwe: 'CWE-122',
    configurations: [{ nodes: [{ operator: 'OR', negate: false, cpeMatch }] }],
  });
}

function withMirror<Value>(look: (store: OpenStore) => Value): Value {
  const store = openStoreFile(join(home, 'eras.db'), systemClock);
  try {
    return look(store);
  } finally {
    store.close();
  }
}

describe('eras sync nvd', () => {
  it('loads everything by pages, and then only what was modified since', async () => {
    expect(await sync()).toMatchObject({ code: 0, stdout: `nvd: ${COUNT} records\n` });
    expect(pagesAsked()).toEqual([0, 50, 100, 150, 200, 0]);
    withMirror(({ mirror, mirrorLoads }) => {
      expect(mirror.findState('nvd')).toMatchObject({ records: COUNT });
      expect(mirrorLoads.findCveIds({ product: 'example:server' })).toHaveLength(COUNT);
      expect(mirrorLoads.findCveIds({ cwe: 'CWE-122' as never })).toHaveLength(COUNT);
    });
    server.requests.length = 0;
    const [changed = '', added = ''] = ['CVE-2024-1007', 'CVE-2024-9999'];
    nvd.set(changed, toRecord(changed, moment(-HOUR_MS), 7.8));
    nvd.set(added, toRecord(added, moment(-HOUR_MS)));
    expect(await sync()).toMatchObject({ code: 0, stdout: `nvd: ${COUNT + 1} records\n` });
    expect(server.requests).toHaveLength(1);
    expect(server.requests[0]?.url).toMatch(/lastModStartDate=\S+%2B00%3A00&lastModEndDate=/);
    withMirror(({ mirrorLoads }) => {
      expect(mirrorLoads.findHistory(changed as CveId)).toMatchObject([
        { source: 'nvd', field: 'cvss', from: expect.stringContaining('AV:N'), to: expect.stringContaining('AV:L') },
      ]);
      expect(mirrorLoads.findHistory('CVE-2024-1008' as CveId)).toEqual([]);
    });
  });

  it('asks for windows of at most 120 days after a long pause', async () => {
    await server.close();
    server = await startSourceServer({ nvd, nvdPageSize: 500, nvdTimestamp: moment(-300 * 24 * HOUR_MS) });
    expect((await sync()).code).toBe(0);
    const windows = server.requests
      .map(({ url }) => new URL(url, 'http://x').searchParams)
      .filter((query) => query.has('lastModStartDate'))
      .map((query) => [query.get('lastModStartDate'), query.get('lastModEndDate')].map((at) => Date.parse(at ?? '')));
    expect(windows).toHaveLength(3);
    for (const [from = 0, to = 0] of windows) expect(to - from).toBeLessThanOrEqual(120 * 24 * HOUR_MS);
    for (const [index, [from = 0]] of windows.slice(1).entries()) expect(from).toBeLessThan(windows[index]?.[1] ?? 0);
  });

  it('goes on at its page after kill -9', async () => {
    server.behave('nvd', { kind: 'hang', when: (url) => url.includes('startIndex=150') });
    const started = startEras(['sync', 'nvd'], env());
    await expect.poll(() => pagesAsked().includes(150), { timeout: 20_000 }).toBe(true);
    await expect
      .poll(() => withMirror(({ mirrorLoads }) => mirrorLoads.findLoad('nvd')?.nextIndex), { timeout: 20_000 })
      .toBe(150);
    started.kill('SIGKILL');
    await started.done;
    server.behave('nvd', { kind: 'normal' });
    server.requests.length = 0;
    expect(await sync()).toMatchObject({ code: 0, stdout: `nvd: ${COUNT} records\n` });
    expect(pagesAsked()).toEqual([150, 200, 0]);
  });

  it('misses nothing when records move over page borders meanwhile', async () => {
    let isMoved = false;
    server.behave('nvd', {
      kind: 'normal',
      when: (url) => {
        // The first record leaves its place for the end: the one after the first page's last moves onto the first page.
        if (!isMoved && url.includes('startIndex=50&') === false && url.includes('startIndex=50')) {
          isMoved = true;
          const [first = ''] = nvd.keys();
          const record = nvd.get(first) ?? {};
          nvd.delete(first);
          nvd.set(first, record);
        }
        return true;
      },
    });
    expect(await sync()).toMatchObject({ code: 0, stdout: `nvd: ${COUNT} records\n` });
    expect(isMoved).toBe(true);
  });

  it.each([
    [
      'a page that is another one',
      '{"startIndex":0,"totalResults":230,"resultsPerPage":0,"vulnerabilities":[]}',
      'instead of 100',
    ],
    [
      'pages that end too early',
      '{"startIndex":100,"totalResults":230,"resultsPerPage":0,"vulnerabilities":[]}',
      'end at 100',
    ],
    ['garbage', '<html>', 'startIndex=100'],
  ])('keeps what it has where NVD answers with %s, and does not call it whole', async (_what, body, reason) => {
    server.behave('nvd', { kind: 'garbage', body, when: (url) => url.includes('startIndex=100') });
    const result = await sync();
    expect(result.code).toBe(1);
    if (reason !== 'startIndex=100') expect(result.stderr).toContain(reason);
    withMirror(({ mirror }) => {
      expect(mirror.findState('nvd')).toBeNull();
      expect(mirror.countRecords('nvd')).toBe(100);
    });
    server.behave('nvd', { kind: 'normal' });
    expect(await sync()).toMatchObject({ code: 0, stdout: `nvd: ${COUNT} records\n` });
  });

  it('by two processes at once corrupts nothing', async () => {
    const results = await Promise.all([sync(), sync()]);
    expect(results).toMatchObject([{ code: 0 }, { code: 0 }]);
    withMirror(({ mirror, database }) => {
      expect(mirror.countRecords('nvd')).toBe(COUNT);
      expect(database.pragma('integrity_check', { simple: true })).toBe('ok');
    });
  });

  it('answers an assessment without asking NVD, but for what is new', async () => {
    await server.close();
    server = await startSourceServer({ nvd, nvdTimestamp: moment(0) });
    await sync();
    server.requests.length = 0;
    nvd.set('CVE-2024-9999', toRecord('CVE-2024-9999', moment(0)));
    const result = await runEras(['assess', 'CVE-2024-1001', 'CVE-2024-9999', '--format', 'json'], env());
    const asked = server.requests.filter(({ source }) => source === 'nvd').map(({ url }) => url);
    expect(asked).toEqual([expect.stringContaining('cveId=CVE-2024-9999')]);
    expect(JSON.parse(result.stdout).dataAsOf.nvd).toBeDefined();
  });
});

describe('eras sync --from', () => {
  it('loads what a folder holds, and tells of what it cannot read', async () => {
    const folder = join(home, 'files');
    mkdirSync(join(folder, 'deep'), { recursive: true });
    writeFileSync(join(folder, 'kev.json'), JSON.stringify(kev));
    writeFileSync(join(folder, 'deep/page.json'), JSON.stringify(page(ids(3))));
    writeFileSync(
      join(folder, 'epss.csv'),
      '#model_version:v1,score_date:2026-01-02T00:00:00Z\ncve,epss,percentile\nCVE-2024-1000,0.5,0.9\n',
    );
    writeFileSync(join(folder, 'half.json'), '{"catalogVersion":"2026');
    writeFileSync(join(folder, 'records.jsonl'), `${JSON.stringify(rawCveRecord('CVE-2024-1001'))}\n{"half\n`);
    const result = await runEras(['sync', '--from', folder], { ERAS_HOME: home });
    expect(result.code).toBe(3);
    expect(result.stdout.split('\n').sort()).toEqual([
      '',
      'epss: 1 records',
      'kev: 1 records',
      'nvd: 3 records',
      'ssvc: 1 records',
    ]);
    expect(result.stderr).toContain('half.json: it is no whole JSON');
    expect(result.stderr).toContain('records.jsonl: 1 of 2 records');
    const offline = await runEras(['assess', 'CVE-2024-1000', 'CVE-2024-5555', '--offline', '--format', 'json'], {
      ERAS_HOME: home,
    });
    const document = JSON.parse(offline.stdout);
    const statuses = Object.fromEntries(
      document.findings.map((one: { cveId: string; status: string }) => [one.cveId, one.status]),
    );
    // A few pages are not the whole of NVD: what they do not hold is not known to be absent.
    expect(statuses).toEqual({ 'CVE-2024-1000': 'incomplete', 'CVE-2024-5555': 'incomplete' });
  });

  it('passes over what is older than what it has', async () => {
    const file = join(home, 'kev.json');
    writeFileSync(file, JSON.stringify(kev));
    await runEras(['sync', 'kev'], env());
    const result = await runEras(['sync', 'kev', '--from', file], { ERAS_HOME: home });
    expect(result).toMatchObject({ code: 1, stderr: expect.stringContaining('the mirror holds a newer copy') });
  });

  it('is refused where there is nothing', async () => {
    const folder = join(home, 'empty');
    mkdirSync(folder);
    expect((await runEras(['sync', '--from', folder], { ERAS_HOME: home })).code).toBe(2);
    expect((await runEras(['sync', '--from', join(home, 'none')], { ERAS_HOME: home })).code).toBe(2);
  });
});

const kev = {
  catalogVersion: '2026.01.01',
  dateReleased: '2026-01-01T00:00:00.000Z',
  count: 1,
  vulnerabilities: [
    {
      cveID: 'CVE-2024-1000',
      vendorProject: 'E',
      product: 'E',
      vulnerabilityName: 'E',
      dateAdded: '2025-01-01',
      shortDescription: 'E',
      requiredAction: 'E',
      dueDate: '2025-01-22',
      knownRansomwareCampaignUse: 'Unknown',
      notes: '',
      cwes: [],
    },
  ],
};

function page(of: readonly string[]) {
  return {
    resultsPerPage: of.length,
    startIndex: 0,
    totalResults: of.length,
    format: 'NVD_CVE',
    version: '2.0',
    timestamp: '2026-01-02T00:00:00.000',
    vulnerabilities: of.map((id) => ({ cve: toRecord(id, '2024-02-02T03:04:05.678') })),
  };
}
