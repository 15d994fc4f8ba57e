import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Assessment } from '../../src/domain/assessment/schema.ts';
import { changeJson, type Fault, HALF_UNPACKED, mistype, startFaultProxy } from '../support/fault-proxy.ts';
import { rawKevCatalogue, rawNvdRecord, WORST_CVSS } from '../support/raw-records.ts';
import { documentOf, runEras } from '../support/run-eras.ts';
import { type SourceServer, startSourceServer } from '../support/source-server.ts';

const IDS = Array.from({ length: 120 }, (_, index) => `CVE-2024-${1000 + index}`);
const ASKED = IDS.slice(0, 5);

/** Everything that can be loaded whole, in a first state and in a later one. */
function dataOf(day: string, hoursAgo: number, score: string, count: number) {
  const lastModified = moment(hoursAgo + 1);
  return {
    nvd: new Map(IDS.map((id) => [id, rawNvdRecord(id, { cvss: WORST_CVSS, lastModified })])),
    nvdPageSize: 50,
    nvdTimestamp: moment(hoursAgo),
    epss: new Map(
      Array.from({ length: count }, (_, index) => [`CVE-2024-${1000 + index}`, { epss: score, percentile: '0.5' }]),
    ),
    epssDate: day,
    kev: rawKevCatalogue(IDS.slice(0, 3), { version: day }),
  };
}
/** As NVD writes a moment. Within a day, whatever the hour: a mirror that is older is asked for what is new. */
const moment = (hoursAgo: number) => new Date(Date.now() - hoursAgo * 3_600_000).toISOString().replace('Z', '');
const day = (ago: number) => new Date(Date.now() - ago * 86_400_000).toISOString().slice(0, 10);
let first: SourceServer;
let later: SourceServer;
let flood: SourceServer;
const homes: string[] = [];
beforeAll(async () => {
  first = await startSourceServer(dataOf(day(1), 12, '0.25', 300));
  later = await startSourceServer(dataOf(day(0), 0, '0.75', 300));
  flood = await startSourceServer(dataOf(day(0), 0, '0.75', 90_000));
});
afterAll(async () => {
  for (const server of [first, later, flood]) await server.close();
  for (const home of homes) rmSync(home, { recursive: true, force: true });
});

function newHome(): string {
  const home = mkdtempSync(join(tmpdir(), 'eras-sync-faults-'));
  homes.push(home);
  return home;
}

const SOURCES = ['nvd', 'kev', 'epss', 'attack'] as const;
const sync = (env: Readonly<Record<string, string>>, ...sources: string[]) =>
  runEras(['sync', ...sources], {
    NVD_API_KEY: 'test',
    ERAS_HTTP_TIMEOUT_MS: '2000',
    ERAS_SOURCE_BUDGET_MS: '4000',
    ...env,
  });

/** What an assessment says without a network, but for when and under which name. */
async function factsOffline(home: string) {
  const { findings } = documentOf(
    await runEras(['assess', ...ASKED, '--offline', '--format', 'json'], { ERAS_HOME: home }),
  );
  return findings.map(({ cveId, cvss, kev, epss, sources }: Assessment['findings'][number]) => ({
    cveId,
    cvss,
    kev,
    epss,
    states: SOURCES.map((name) => sources[name]?.state),
  }));
}

describe('a load that goes wrong', () => {
  type Page = { vulnerabilities: { cve: unknown }[]; totalResults: number; startIndex: number };
  const onPage = (from: number, change: (page: Page) => Page): Fault =>
    changeJson((document) => ((document as Page).startIndex === from ? change(document as Page) : document));
  it.each<[string, 'nvd' | 'kev' | 'epss', Fault]>([
    [
      'KEV without entries',
      'kev',
      changeJson((catalogue) => ({ ...(catalogue as Page), vulnerabilities: [], count: 0 })),
    ],
    ['KEV cut in half', 'kev', { kind: 'half' }],
    ['KEV that counts more than it has', 'kev', changeJson((catalogue) => ({ ...(catalogue as object), count: 3000 }))],
    ['KEV of other types', 'kev', changeJson((catalogue) => mistype(catalogue))],
    ['EPSS cut in half on the way', 'epss', { kind: 'half' }],
    ['EPSS cut in half before it was packed', 'epss', HALF_UNPACKED],
    ['EPSS broken off', 'epss', { kind: 'cut' }],
    ['a gzip bomb for EPSS', 'epss', { kind: 'gzip-bomb', megabytes: 600 }],
    ['NVD with a page that is skipped', 'nvd', onPage(50, (page) => ({ ...page, vulnerabilities: [] }))],
    ['NVD with a page of another place', 'nvd', onPage(50, (page) => ({ ...page, startIndex: 0 }))],
    ['NVD that is resetting', 'nvd', { kind: 'reset' }],
    ['NVD in a storm', 'nvd', { kind: 'status', status: 503 }],
    ['NVD of other types', 'nvd', changeJson((page) => mistype(page))],
  ])('%s leaves what was there, says so in one line, and the next one is whole', async (_, source, fault) => {
    const home = newHome();
    expect(await sync({ ERAS_HOME: home, ...first.env }, 'all')).toMatchObject({ code: 0 });
    const before = await factsOffline(home);
    const proxy = await startFaultProxy(later);
    try {
      proxy.inject(fault);
      const result = await sync({ ERAS_HOME: home, ...proxy.env }, source);
      expect(result.code).toBe(1);
      expect(result.stderr).toMatch(new RegExp(`^eras: ${source}: [^\\n]{10,}\\n$`));
      expect(result.stderr).not.toMatch(/\n\s+at /);
      expect(await factsOffline(home)).toEqual(before);
      proxy.inject(null);
      expect(await sync({ ERAS_HOME: home, ...proxy.env }, source)).toMatchObject({ code: 0 });
    } finally {
      await proxy.close();
    }
  });

  it('NVD that grows while it is read loses nothing', async () => {
    const home = newHome();
    const proxy = await startFaultProxy(first);
    let extra = 0;
    proxy.inject(
      changeJson((document) => {
        extra += 1;
        return { ...(document as Page), totalResults: (document as Page).totalResults + (extra < 3 ? extra : 0) };
      }),
      { on: (url) => url.includes('/cves/2.0') },
    );
    const result = await sync({ ERAS_HOME: home, ...proxy.env }, 'nvd');
    await proxy.close();
    expect(result.code).toBe(0);
    expect(result.stdout).toBe(`nvd: ${IDS.length} records\n`);
  });
});

describe('after a load, every source unplugged', () => {
  it('changes nothing but how old the data are', async () => {
    const home = newHome();
    const env = { ERAS_HOME: home, NVD_API_KEY: 'test', ERAS_HTTP_TIMEOUT_MS: '1500', ERAS_SOURCE_BUDGET_MS: '3000' };
    await sync({ ...env, ...first.env }, 'all');
    const assess = (more: Readonly<Record<string, string>>) =>
      runEras(['assess', ...ASKED, '--format', 'json'], { ...env, ...more });
    const plugged = documentOf(await assess(first.env));
    const unplugged = documentOf(await assess({}));
    const facts = ({ findings }: Assessment) =>
      findings.map(({ cvss, kev, epss, ssvc, risk, narrative, cveId }) => ({
        cvss,
        kev,
        epss,
        ssvc,
        risk,
        narrative,
        cveId,
      }));
    expect(facts(unplugged)).toEqual(facts(plugged));
    for (const name of ['nvd', 'kev', 'epss'] as const) expect(unplugged.dataAsOf[name]?.origin).toBe('mirror');
  });
});

/** A file system of its own of so many megabytes; null where that takes rights that this user has not. */
function mountSmall(megabytes: number): { readonly path: string; unmount(): void } | null {
  const path = mkdtempSync(join(tmpdir(), 'eras-small-disk-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', path], { stdio: 'ignore' });
  } catch {
    rmSync(path, { recursive: true });
    process.stderr.write('skipped: a full disk, since this user may not mount one\n');
    return null;
  }
  return {
    path,
    unmount() {
      execFileSync('umount', [path]);
      rmSync(path, { recursive: true });
    },
  };
}

const disk = mountSmall(4);
afterAll(() => disk?.unmount());
describe.skipIf(disk === null)('a full disk', () => {
  it('is one clear error, and the old mirror is whole', async () => {
    const home = join(disk?.path ?? '', 'eras');
    expect(await sync({ ERAS_HOME: home, ...first.env }, 'kev', 'epss')).toMatchObject({ code: 0 });
    const before = await factsOffline(home);
    const result = await sync({ ERAS_HOME: home, ...flood.env }, 'epss');
    expect(result.code).toBe(1);
    expect(result.stderr).toMatch(/disk is full/);
    expect(result.stderr.trim().split('\n')).toHaveLength(1);
    expect(await factsOffline(home)).toEqual(before);
    expect(before[0]?.epss?.probability).toBe(0.25);
  });
});
