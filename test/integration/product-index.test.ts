import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { toIndexedRecord } from '../../src/adapters/nvd/schema.ts';
import { openDatabase, type SqliteDatabase } from '../../src/adapters/sqlite/database.ts';
import { MIGRATIONS } from '../../src/adapters/sqlite/migrations.ts';
import { createSqliteMirror } from '../../src/adapters/sqlite/mirror.ts';
import { createSqliteMirrorLoads } from '../../src/adapters/sqlite/mirror-loads.ts';
import { createSqliteProductIndex } from '../../src/adapters/sqlite/product-index.ts';
import { matchProducts } from '../../src/assessment/match-products.ts';
import { nameComponents } from '../../src/assessment/named-components.ts';
import { syncNvd } from '../../src/assessment/sync-nvd.ts';
import type { CveId } from '../../src/domain/cve/cve-id.ts';
import type { NvdRecord } from '../../src/domain/cve/records.ts';
import type { ListedComponent } from '../../src/intake/intake.ts';
import type { PagedSource } from '../../src/ports/paged-source.ts';
import { rawNvdRecord } from '../support/raw-records.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

const NOW = new Date('2026-01-02T03:04:05Z');
const AT = NOW.toISOString();

function newPath(): string {
  const folder = mkdtempSync(join(tmpdir(), 'eras-index-'));
  folders.push(folder);
  return join(folder, 'eras.db');
}

function record(id: string, product: string, endExcluding: string, negate = false) {
  const criteria = `cpe:2.3:a:${product}:*:*:*:*:*:*:*:*`;
  const cpeMatch = [{ vulnerable: true, criteria, versionEndExcluding: endExcluding }];
  const read = toIndexedRecord(
    rawNvdRecord(id, { configurations: [{ nodes: [{ operator: 'OR', negate, cpeMatch }] }] }),
  );
  if (!read.ok) throw new Error(read.error);
  return read.value;
}

function save(database: SqliteDatabase, ...records: ReturnType<typeof record>[]): void {
  const rows = records.map((one) => ({ cveId: one.record.cveId, ...one }));
  createSqliteMirrorLoads(database).savePage('nvd', rows, AT, null);
}

const component = (product: string, version: string, purl: string | null = null): ListedComponent => ({
  component: {
    purl,
    cpe: `cpe:2.3:a:${product}:${version}:*:*:*:*:*:*:*`,
    name: product,
    installedVersion: version,
    fixedVersion: null,
  },
  application: null,
  evidence: { file: 'bom.json', position: null, tool: null, severity: null },
});

const matched = (database: SqliteDatabase, components: readonly ListedComponent[], isOsvAsked = false) =>
  matchProducts(nameComponents(components, isOsvAsked), createSqliteProductIndex(database));

/** What an earlier release left: products, and nothing of versions. */
function makeOld(path: string): void {
  const { database, close } = openDatabase(path, NOW);
  save(database, record('CVE-2024-1000', 'v:p', '2.0'), record('CVE-2024-1001', 'v:q', '2.0'));
  createSqliteMirrorLoads(database).finishLoad('nvd', { version: null, fetchedAt: AT });
  // As if nothing had been made since.
  const since = MIGRATIONS.findIndex((statements) => statements.includes('CREATE TABLE mirror_configurations'));
  const made = MIGRATIONS.slice(since).flatMap((statements) => [...statements.matchAll(/CREATE TABLE (\w+)/g)]);
  for (const [, table] of made) database.exec(`DROP TABLE ${table}`);
  const added = MIGRATIONS.slice(since).flatMap((statements) => [
    ...statements.matchAll(/ALTER TABLE (\w+) ADD COLUMN (\w+)/g),
  ]);
  for (const [, table, column] of added) database.exec(`ALTER TABLE ${table} DROP COLUMN ${column}`);
  database.pragma(`user_version = ${since}`);
  close();
}

describe('the index by product', () => {
  it('follows what a record names now', () => {
    const { database, close } = openDatabase(newPath(), NOW);
    const p = [component('v:p', '1.0')];
    save(database, record('CVE-2024-1000', 'v:p', '2.0'));
    expect(matched(database, p).sightings.map((one) => one.vulnerabilityId)).toEqual(['CVE-2024-1000']);
    save(database, record('CVE-2024-1000', 'v:p', '0.9'));
    expect(matched(database, p).sightings).toEqual([]);
    save(database, record('CVE-2024-1000', 'v:p', '2.0'));
    save(database, record('CVE-2024-1000', 'v:other', '2.0'));
    expect(matched(database, p).sightings).toEqual([]);
    close();
  });

  it('has what only a negated node names, which is not decided, and counts it', () => {
    const { database, close } = openDatabase(newPath(), NOW);
    save(database, record('CVE-2024-1000', 'v:p', '2.0', true), record('CVE-2024-1001', 'v:q', '2.0'));
    const { sightings, gaps } = matched(database, [component('v:p', '3.0')]);
    expect(sightings).toMatchObject([
      { vulnerabilityId: 'CVE-2024-1000', undecided: expect.stringContaining('only versions that are not') },
    ]);
    expect(gaps[0]?.reason).toContain('the 2 records of NVD in the mirror that name products');
    close();
  });

  it('tells the update of a CPE name with the version that is installed', () => {
    const { database, close } = openDatabase(newPath(), NOW);
    save(database, record('CVE-2024-1000', 'v:p', '1.0.0'));
    const candidate = component('v:p', '1.0.0');
    const cpe = 'cpe:2.3:a:v:p:1.0.0:rc1:*:*:*:*:*:*';
    const versions = ['1.0.0', null, '1.0.0-rc1'].map((installedVersion) => {
      const { sightings } = matched(database, [
        { ...candidate, component: { ...candidate.component, cpe, installedVersion } },
      ]);
      return sightings.map(({ component: one }) => [one?.installedVersion, one?.fixedVersion]);
    });
    expect(versions).toEqual([[['1.0.0-rc1', '1.0.0']], [['1.0.0-rc1', '1.0.0']], [['1.0.0-rc1', '1.0.0']]]);
    close();
  });

  it('says of a mirror of an earlier release that it does not know which versions, and never that there is nothing', () => {
    const path = newPath();
    makeOld(path);
    const { database, close } = openDatabase(path, NOW);
    const { sightings, gaps } = matched(database, [component('v:p', '1.0')]);
    expect(sightings).toMatchObject([
      { vulnerabilityId: 'CVE-2024-1000', undecided: expect.stringContaining('loaded before') },
    ]);
    expect(gaps[0]?.reason).toMatch(/^of 1 CVEs .*run eras sync nvd again$/);
    close();
  });

  it('is loaded whole once more over such a mirror, and then no more', async () => {
    const path = newPath();
    makeOld(path);
    const { database, close } = openDatabase(path, NOW);
    const windows: unknown[] = [];
    const source: PagedSource<NvdRecord> = {
      name: 'nvd',
      async fetchPage({ window, startIndex }) {
        windows.push(window);
        // One of the two is not NVD's any more.
        const records = window === null ? [record('CVE-2024-1000', 'v:p', '2.0')] : [];
        return {
          startIndex,
          totalResults: records.length,
          size: records.length,
          records,
          unreadable: [],
          timestamp: AT,
        };
      },
    };
    const parts = {
      source,
      mirror: createSqliteMirror(database),
      loads: createSqliteMirrorLoads(database),
      clock: { now: () => NOW },
    };
    await syncNvd(parts, { signal: new AbortController().signal });
    expect(windows.filter((window) => window === null)).toHaveLength(1);
    expect(matched(database, [component('v:p', '1.0')])).toMatchObject({
      sightings: [{ vulnerabilityId: 'CVE-2024-1000' }],
      gaps: [],
    });
    expect(matched(database, [component('v:q', '1.0')]).sightings).toEqual([]);
    await syncNvd(parts, { signal: new AbortController().signal });
    expect(windows.filter((window) => window === null)).toHaveLength(1);
    close();
  });

  it("leaves a distribution's package to OSV where that is asked, and else decides nothing of it", () => {
    const { database, close } = openDatabase(newPath(), NOW);
    save(database, record('CVE-2024-1000', 'v:p', '2.0'));
    const deb = [component('v:p', '1.0', 'pkg:deb/debian/p@1.0-1?distro=debian-12')];
    expect(matched(database, deb, true)).toEqual({ sightings: [], gaps: [] });
    expect(matched(database, deb).sightings).toMatchObject([{ undecided: expect.stringContaining('distribution') }]);
    const npm = [component('v:p', '1.0', 'pkg:npm/p@1.0')];
    const [sighting] = matched(database, npm, true).sightings;
    expect(sighting).toMatchObject({ vulnerabilityId: 'CVE-2024-1000', component: { fixedVersion: '2.0' } });
    expect(sighting).not.toHaveProperty('undecided');
    close();
  });

  it('is asked for 50,000 components in seconds', () => {
    const { database, close } = openDatabase(newPath(), NOW);
    const products = Array.from({ length: 5000 }, (_, index) => `vendor${index}:product${index}`);
    save(database, ...products.map((product, index) => record(`CVE-2024-${10_000 + index}` as CveId, product, '2.0')));
    const components = Array.from({ length: 50_000 }, (_, index) =>
      component(`vendor${index}:product${index}`, index % 2 === 0 ? '1.0' : '2.0'),
    );
    const startedAt = performance.now();
    const { sightings } = matched(database, components);
    expect(sightings).toHaveLength(2500);
    expect(performance.now() - startedAt).toBeLessThan(20_000);
    close();
  });
});
