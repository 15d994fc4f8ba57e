import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, describe, expect, it } from 'vitest';
import { openDatabase } from '../../src/adapters/sqlite/database.ts';
import { createSqliteMirror } from '../../src/adapters/sqlite/mirror.ts';
import type { CveId } from '../../src/domain/cve/cve-id.ts';

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
    openDatabase(path, NOW).database.close();
    const { database, setAside } = openDatabase(path, NOW);
    expect(setAside).toBeNull();
    expect(database.pragma('journal_mode', { simple: true })).toBe('wal');
    database.close();
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
    const { database, setAside } = openDatabase(path, NOW);
    expect(setAside).toBe(`${path}.damaged-2026-01-02T03-04-05-000Z`);
    expect(readdirSync(folder)).toContain('eras.db.damaged-2026-01-02T03-04-05-000Z');
    expect(createSqliteMirror(database).countRecords('nvd')).toBe(0);
    database.close();
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
    const { database } = openDatabase(path, NOW);
    database.pragma('user_version = 999');
    database.close();
    expect(() => openDatabase(path, NOW)).toThrow('newer version');
  });

  it('lets several processes start and write at once', async () => {
    const path = join(newFolder(), 'eras.db');
    const script = writerScript(path);
    const codes = await Promise.all(
      [0, 1, 2, 3].map(
        (writer) =>
          new Promise<number | null>((done) => {
            const child = spawn('npx', ['tsx', '-e', script, String(writer)], { stdio: 'inherit' });
            child.on('exit', done);
          }),
      ),
    );
    expect(codes).toEqual([0, 0, 0, 0]);
    const { database } = openDatabase(path, NOW);
    expect(createSqliteMirror(database).countRecords('nvd')).toBe(400);
    database.close();
  });

  it('is whole after kill -9 in the middle of writing', () => {
    const path = join(newFolder(), 'eras.db');
    const script = `${writerScript(path)}\nprocess.kill(process.pid, 'SIGKILL');`;
    expect(() => execFileSync('npx', ['tsx', '-e', script, '0'], { stdio: 'ignore' })).toThrow();
    const { database, setAside } = openDatabase(path, NOW);
    expect(setAside).toBeNull();
    expect(database.pragma('integrity_check', { simple: true })).toBe('ok');
    expect(createSqliteMirror(database).countRecords('nvd')).toBe(100);
    database.close();
  });
});

describe('the mirror', () => {
  it('tells found from absent from not held, and a whole catalogue speaks for what it does not list', () => {
    const { database } = openDatabase(join(newFolder(), 'eras.db'), NOW);
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
    database.close();
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

/** A program that opens the store and writes 100 records of its own. */
function writerScript(path: string): string {
  return `
    import { openDatabase } from ${JSON.stringify(join(import.meta.dirname, '../../src/adapters/sqlite/database.ts'))};
    import { createSqliteMirror } from ${JSON.stringify(join(import.meta.dirname, '../../src/adapters/sqlite/mirror.ts'))};
    const { database } = openDatabase(${JSON.stringify(path)}, new Date());
    const mirror = createSqliteMirror(database);
    const writer = Number(process.argv.at(-1));
    for (let index = 0; index < 100; index += 1) {
      mirror.saveRecords('nvd', [{ cveId: 'CVE-2024-' + (1000 + writer * 100 + index), record: { text: 'x'.repeat(500) } }], '2026-01-01T00:00:00Z');
    }`;
}
