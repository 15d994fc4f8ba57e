import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, describe, expect, it } from 'vitest';
import { openDatabase } from '../../src/adapters/sqlite/database.ts';
import { createSqliteMirror } from '../../src/adapters/sqlite/mirror.ts';
import { createSqliteMirrorLoads } from '../../src/adapters/sqlite/mirror-loads.ts';
import type { CveId } from '../../src/domain/cve/cve-id.ts';
import { openStoreFile } from '../../src/runtime/open-store.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'eras-store-'));
  folders.push(folder);
  return folder;
}

const NOW = new Date('2026-01-02T03:04:05Z');
const ids = (count: number) => Array.from({ length: count }, (_, index) => `CVE-2024-${1000 + index}` as CveId);

describe('the embedded store', () => {
  it('opens a new file once for all and migrates it', () => {
    const path = join(newFolder(), 'deep/er/eras.db');
    openDatabase(path, NOW).close();
    const { database, setAside, close } = openDatabase(path, NOW);
    expect(setAside).toBeNull();
    expect(database.pragma('journal_mode', { simple: true })).toBe('wal');
    close();
  });

  it.each([
    [
      'no database',
      (path: string) => writeFileSync(path, 'this is not a database, it is a long enough text to look at'.repeat(40)),
    ],
    ['damaged inside', damageInside],
  ])('sets a file aside that is %s, deleting nothing', (_, damage) => {
    const folder = newFolder();
    const path = join(folder, 'eras.db');
    damage(path);
    const { database, setAside, close } = openDatabase(path, NOW);
    expect(setAside).toBe(`${path}.damaged-2026-01-02T03-04-05-000Z-${process.pid}`);
    expect(readdirSync(folder)).toContain(`eras.db.damaged-2026-01-02T03-04-05-000Z-${process.pid}`);
    expect(createSqliteMirror(database).countRecords('nvd')).toBe(0);
    close();
  });

  it('says in one line what to do where the folder cannot be used', () => {
    const folder = newFolder();
    writeFileSync(join(folder, 'file'), '');
    expect(() => openDatabase(join(folder, 'file/eras.db'), NOW)).toThrow(
      /cannot create the data folder .*set ERAS_HOME/,
    );
    mkdirSync(join(folder, 'eras.db'));
    expect(() => openDatabase(join(folder, 'eras.db'), NOW)).toThrow(/cannot open the store .*set ERAS_HOME/);
  });

  it('refuses a store of a newer version', () => {
    const path = join(newFolder(), 'eras.db');
    const { database, close } = openDatabase(path, NOW);
    database.pragma('user_version = 999');
    close();
    expect(() => openDatabase(path, NOW)).toThrow('newer version');
  });

  it('lets several processes start and write at once', async () => {
    const path = join(newFolder(), 'eras.db');
    await Promise.all([0, 1, 2, 3].map((writer) => runWriter(path, writer)));
    const { database, close } = openDatabase(path, NOW);
    expect(createSqliteMirror(database).countRecords('nvd')).toBe(400);
    close();
  });

  it('is whole after kill -9 in the middle of writing, and has what was committed', async () => {
    const path = join(newFolder(), 'eras.db');
    const child = spawn('node', ['--import', 'tsx', '--input-type=module', '-e', writerScript(path, 1_000_000)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    // The writer tells of each record once it is committed.
    let told = 0;
    child.stdout.on('data', (text: Buffer) => {
      told += text.length;
      if (told > 50) child.kill('SIGKILL');
    });
    const signal = await new Promise((resolve) => child.on('exit', (_, reason) => resolve(reason)));
    expect(signal).toBe('SIGKILL');
    const { database, setAside, close } = openDatabase(path, NOW);
    expect(setAside).toBeNull();
    expect(database.pragma('integrity_check', { simple: true })).toBe('ok');
    expect(createSqliteMirror(database).countRecords('nvd')).toBeGreaterThanOrEqual(told);
    close();
  });

  it('sets a damaged file aside once when several processes meet it at the same time', async () => {
    const folder = newFolder();
    const path = join(folder, 'eras.db');
    damageInside(path);
    await Promise.all([0, 1, 2, 3].map((writer) => runWriter(path, writer)));
    expect(readdirSync(folder).filter((name) => name.includes('damaged'))).toHaveLength(1);
    const { database, close } = openDatabase(path, NOW);
    expect(createSqliteMirror(database).countRecords('nvd')).toBe(400);
    close();
  });

  it('sets a large file aside when a damaged page is met', () => {
    const folder = newFolder();
    const store = openStoreFile(join(folder, 'eras.db'), { now: () => NOW });
    const rows = ids(9000).map((cveId) => ({ cveId, record: { text: 'x'.repeat(2000) } }));
    store.mirror.saveRecords('nvd', rows, '2026-01-01T00:00:00Z');
    store.close();
    const path = join(folder, 'eras.db');
    expect(statSync(path).size).toBeGreaterThan(16 * 1024 * 1024);
    execFileSync('dd', ['if=/dev/urandom', `of=${path}`, 'bs=4096', 'seek=100', 'count=3000', 'conv=notrunc'], {
      stdio: 'ignore',
    });

    const damaged = openStoreFile(join(folder, 'eras.db'), { now: () => NOW });
    let met: unknown = null;
    try {
      damaged.mirror.findRecords('nvd', ids(9000));
    } catch (error) {
      met = damaged.explain(error);
    }
    expect(met).toMatchObject({
      code: 'STORE_FAILED',
      message: expect.stringMatching(/is damaged; it is kept as .*run this one again/),
    });
    const fresh = openStoreFile(join(folder, 'eras.db'), { now: () => NOW });
    expect(fresh.mirror.countRecords('nvd')).toBe(0);
    fresh.close();
  });
});

describe('the mirror', () => {
  it('counts for each of two loads at once what the other one saved over it', () => {
    const { database, close } = openDatabase(join(newFolder(), 'eras.db'), NOW);
    const loads = createSqliteMirrorLoads(database);
    const rows = ids(3).map((cveId) => ({ cveId, record: { cveId, cvss: [] }, products: [], configurations: null }));
    const begun = ['2026-01-02T03:00:00.000Z', '2026-01-02T03:00:00.001Z'].map((begunAt) => {
      const load = { begunAt, asOf: begunAt, window: null, nextIndex: 3, unreadable: 0 };
      return { load, save: () => loads.savePage('nvd', rows, begunAt, load) };
    });
    for (const { save } of [...begun, ...begun.toReversed()]) save();
    expect(begun.map(({ load }) => loads.countLoaded('nvd', load))).toEqual([3, 3]);
    close();
  });

  it('tells found from absent from not held, and a whole catalogue speaks for what it does not list', () => {
    const { database, close } = openDatabase(join(newFolder(), 'eras.db'), NOW);
    const mirror = createSqliteMirror(database);
    const [one, two, three] = ids(3) as [CveId, CveId, CveId];
    mirror.saveRecords(
      'nvd',
      [
        { cveId: one, record: { a: 1 } },
        { cveId: two, record: null },
      ],
      '2026-01-01T00:00:00Z',
    );
    const found = mirror.findRecords('nvd', [one, two, three]);
    expect([found.get(one)?.kind, found.get(two)?.kind, found.get(three)]).toEqual(['found', 'absent', undefined]);
    mirror.replaceRecords('kev', [{ cveId: one, record: {} }], { version: '1', fetchedAt: '2026-01-01T00:00:00Z' });
    expect(mirror.findRecords('kev', [three]).get(three)?.kind).toBe('absent');
    close();
  });
});

function damageInside(path: string): void {
  const database = new Database(path);
  database.exec('CREATE TABLE t (x TEXT)');
  const insert = database.prepare('INSERT INTO t VALUES (?)');
  for (let row = 0; row < 500; row += 1) insert.run('x'.repeat(200));
  database.close();
  execFileSync('dd', ['if=/dev/urandom', `of=${path}`, 'bs=4096', 'seek=5', 'count=8', 'conv=notrunc'], {
    stdio: 'ignore',
  });
}

async function runWriter(path: string, writer: number): Promise<void> {
  const child = spawn('node', ['--import', 'tsx', '--input-type=module', '-e', writerScript(path, 100, writer)], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  expect(await new Promise((done) => child.on('exit', done))).toBe(0);
}

/** A program that opens the store and writes records of its own, telling of each with one character. */
function writerScript(path: string, count: number, writer = 0): string {
  return `
    import { writeSync } from 'node:fs';
    import { openDatabase } from ${JSON.stringify(join(import.meta.dirname, '../../src/adapters/sqlite/database.ts'))};
    import { createSqliteMirror } from ${JSON.stringify(join(import.meta.dirname, '../../src/adapters/sqlite/mirror.ts'))};
    const { database } = openDatabase(${JSON.stringify(path)}, new Date());
    const mirror = createSqliteMirror(database);
    for (let index = 0; index < ${count}; index += 1) {
      const cveId = 'CVE-2024-' + (1000 + ${writer} * 100 + index);
      mirror.saveRecords('nvd', [{ cveId, record: { text: 'x'.repeat(500) } }], '2026-01-01T00:00:00Z');
      writeSync(1, '.');
    }`;
}
