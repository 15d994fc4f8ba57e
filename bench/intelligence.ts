import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { CveId } from '../src/domain/cve/cve-id.ts';
import { systemClock } from '../src/kernel/clock.ts';
import { openStoreFile } from '../src/runtime/open-store.ts';
import { type Figure, measureCommand, toFigure } from './measure.ts';

const CVES = 300_000;
const PAGE = 2000;
const [FIRST_YEAR, YEARS] = [2000, 25];
const LOOK_UPS = 20_000;
const FEEDS = 'cve/nvd20_converted_from_1.1';
const KEV = 'kev/known_exploited_vulnerabilities.json';

/**
 * A mirror of 300,000 CVEs, made of the real records in the folder that ERAS_TEST_DATA names under other ids: loading it from local pages,
 * looking CVEs up in it, and assessing from it without a network. Whole processes, but for the look-ups.
 */
export async function benchIntelligence(): Promise<Figure[]> {
  const data = process.env['ERAS_TEST_DATA'];
  if (data === undefined) {
    console.error('ERAS_TEST_DATA is not set: the mirror is not measured');
    return [];
  }
  const folder = mkdtempSync(join(tmpdir(), 'eras-bench-mirror-'));
  try {
    return await measureMirror(data, folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measureMirror(data: string, folder: string): Promise<Figure[]> {
  const home = join(folder, 'home');
  const env = { ERAS_HOME: home };
  writePages(data, join(folder, 'nvd'));
  writeScores(join(folder, 'epss.csv.gz'));
  const nvd = await measureCommand(['sync', 'nvd', '--from', join(folder, 'nvd')], env);
  const epss = await measureCommand(['sync', 'epss', '--from', join(folder, 'epss.csv.gz')], env);
  await measureCommand(['sync', 'kev', '--from', join(data, KEV)], env);
  const bytes = ['', '-wal'].reduce((sum, suffix) => sum + sizeOf(join(home, `eras.db${suffix}`)), 0);
  const figures = [
    toFigure(`${CVES} NVD records from local pages (60 s: 5,000 a second)`, [nvd.ms], (1000 * CVES) / 5000, 'ms'),
    toFigure('… peak memory', [nvd.peakMb], 500, 'MB'),
    toFigure(`EPSS day of ${CVES} rows`, [epss.ms], 5000, 'ms'),
    toFigure('size of the store with both', [bytes / 2 ** 20], Number.POSITIVE_INFINITY, 'MB'),
    toFigure('look-up of a CVE in the mirror, in-process', lookUp(home), 50, 'µs'),
  ];
  for (const [count, targetMs, targetMb] of [
    [10_000, 6000, Number.POSITIVE_INFINITY],
    [100_000, 30_000, 1500],
  ] as const) {
    const list = join(folder, `${count}.txt`);
    writeFileSync(list, Array.from({ length: count }, (_, index) => idOf(index * 2)).join('\n'));
    const args = ['assess', list, '--offline', '--no-llm', '--format', 'json', '--output', join(folder, 'out.json')];
    const { ms, peakMb } = await measureCommand(args, env, [0, 3]);
    figures.push(
      toFigure(`${count} CVEs assessed offline, without a model, to JSON`, [ms], targetMs, 'ms'),
      toFigure('… peak memory', [peakMb], targetMb, 'MB'),
    );
  }
  const { ms, peakMb } = await measurePortfolio(folder, env);
  const portfolio =
    '100,000 findings of 20,000 CVEs on 5,000 assets from a table: read, assessed offline, stored, to JSON';
  return [...figures, toFigure(portfolio, [ms], 60_000, 'ms'), toFigure('… peak memory', [peakMb], 1500, 'MB')];
}

/** A scanner's table of 5,000 hosts, and the list of assets that has them. */
async function measurePortfolio(folder: string, env: Readonly<Record<string, string>>) {
  const [findings, cves, assets] = [100_000, 20_000, 5000];
  const [table, list] = [join(folder, 'scan.csv'), join(folder, 'assets.csv')];
  const rows = Array.from({ length: findings }, (_, index) => {
    const [cve, host] = [idOf((index % cves) * 2), `host-${(index * 2919) % assets}`];
    return `${cve},${host},pkg-${index % 500},1.${index % 9},2.${index % 9},High`;
  });
  writeFileSync(table, ['CVE,Host,Package,Version,Fixed Version,Severity', ...rows].join('\n'));
  const hosts = Array.from({ length: assets }, (_, index) => {
    const exposure = ['open', 'controlled', 'small'][index % 3];
    return `asset-${index},Host ${index},${1 + (index % 5)},${exposure},team-${index % 40},host-${index}`;
  });
  writeFileSync(list, ['id,name,criticality,exposure,owner,hostnames', ...hosts].join('\n'));
  const args = ['assess', table, '--assets', list, '--offline', '--no-llm', '--output', join(folder, 'out.json')];
  return measureCommand(args, env, [0, 3]);
}

function idOf(index: number): CveId {
  return `CVE-${FIRST_YEAR + (index % YEARS)}-${10_000 + Math.floor(index / YEARS)}` as CveId;
}

function writePages(data: string, folder: string): void {
  const starts = [0, 2000, 4000, 6000, 8000, 10_000, 12_000];
  const real = starts.flatMap((start) => {
    const file = join(data, FEEDS, `page_startIndex_${String(start).padStart(5, '0')}.json.gz`);
    const page = JSON.parse(gunzipSync(readFileSync(file)).toString()) as { vulnerabilities: { cve: object }[] };
    return page.vulnerabilities.map(({ cve }) => cve);
  });
  mkdirSync(folder);
  for (let start = 0; start < CVES; start += PAGE) {
    const vulnerabilities = Array.from({ length: PAGE }, (_, offset) => {
      const index = start + offset;
      return { cve: { ...real[index % real.length], id: idOf(index) } };
    });
    const head = { format: 'NVD_CVE', version: '2.0', timestamp: '2026-01-01T00:00:00.000' };
    const page = { resultsPerPage: PAGE, startIndex: start, totalResults: CVES, ...head, vulnerabilities };
    writeFileSync(
      join(folder, `${String(start).padStart(6, '0')}.json.gz`),
      gzipSync(JSON.stringify(page), { level: 1 }),
    );
  }
}

function writeScores(file: string): void {
  const rows = Array.from(
    { length: CVES },
    (_, index) => `${idOf(index)},${((index % 997) / 1000).toFixed(5)},0.50000`,
  );
  writeFileSync(
    file,
    gzipSync(`#model_version:v2025.03.14,score_date:2026-01-01T00:00:00Z\ncve,epss,percentile\n${rows.join('\n')}\n`),
  );
}

/** Microseconds of single look-ups, each of another CVE. */
function lookUp(home: string): number[] {
  const { mirror, close } = openStoreFile(join(home, 'eras.db'), systemClock);
  const times: number[] = [];
  for (let look = 0; look < LOOK_UPS; look += 1) {
    const cveId = idOf((look * 7919) % CVES);
    const begun = performance.now();
    const found = mirror.findRecords('nvd', [cveId]).get(cveId)?.kind;
    times.push((performance.now() - begun) * 1000);
    if (found !== 'found') throw new Error(`${cveId} is not in the mirror`);
  }
  close();
  return times;
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}
