import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/kernel/clock.ts';
import { type OpenStore, openStoreFile } from '../../src/runtime/open-store.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function newPath(): string {
  const folder = mkdtempSync(join(tmpdir(), 'eras-audit-'));
  folders.push(folder);
  return join(folder, 'eras.db');
}

async function withStore<Value>(path: string, work: (store: OpenStore) => Promise<Value>): Promise<Value> {
  const store = openStoreFile(path, systemClock);
  try {
    return await work(store);
  } finally {
    store.close();
  }
}

const addThree = async ({ audit }: OpenStore) => {
  for (const target of ['one', 'two', 'three'])
    await audit.append({ action: 'ticket.create.done', target, detail: { target } });
};

describe('the audit log in the embedded store', () => {
  it('refuses to change, remove or replace an entry', () =>
    withStore(newPath(), async (store) => {
      await addThree(store);
      for (const statement of [
        `UPDATE audit_log SET actor = 'nobody' WHERE sequence = 2`,
        'DELETE FROM audit_log WHERE sequence = 3',
        `INSERT OR REPLACE INTO audit_log SELECT sequence, at, 'nobody', action, target, detail, previous_hash, hash FROM audit_log LIMIT 1`,
      ]) {
        expect(() => store.database.exec(statement)).toThrow('append-only');
      }
      expect(await store.audit.verify()).toMatchObject({ entries: 3, broken: null });
    }));

  it('is broken where the head beside it is gone, since nobody can tell whether its end was cut off', async () => {
    const path = newPath();
    await withStore(path, addThree);
    expect(await withStore(path, ({ audit }) => audit.verify())).toMatchObject({ isWitnessed: true, broken: null });
    rmSync(`${path}.audit-head`);
    const lost = {
      isWitnessed: false,
      broken: { sequence: 4, reason: expect.stringMatching(/cut off: .*audit-head, .*is gone/) },
    };
    expect(await withStore(path, ({ audit }) => audit.verify())).toMatchObject(lost);
    // Whoever writes again leaves a trace of it.
    await withStore(path, ({ audit }) => audit.append({ action: 'test', target: 'x', detail: null }));
    expect(await withStore(path, ({ audit }) => audit.verify())).toMatchObject({
      entries: 5,
      isWitnessed: true,
      broken: null,
    });
    expect(await withStore(path, async ({ audit }) => [...(await audit.targetsOf('audit.head.lost'))])).toEqual([
      `${path}.audit-head`,
    ]);
  });

  it('is none the less whole where a head was never there: a log that was taken in, or a kill after the first entry', async () => {
    const path = newPath();
    await withStore(path, async (store) => {
      await addThree(store);
      store.database.exec('DELETE FROM audit_head_noted');
    });
    rmSync(`${path}.audit-head`);
    expect(await withStore(path, ({ audit }) => audit.verify())).toMatchObject({ isWitnessed: false, broken: null });
  });

  it.each(['{}', '', 'no json'])('tells in one line that the head beside it is none (%j)', async (text) => {
    const path = newPath();
    await withStore(path, addThree);
    writeFileSync(`${path}.audit-head`, text);
    const message = expect.stringMatching(
      /^cannot read the head of the audit log [^\n]*audit-head: it is none; [^\n]*$/,
    );
    await expect(withStore(path, ({ audit }) => audit.verify())).rejects.toMatchObject({
      code: 'STORE_FAILED',
      message,
    });
    await expect(withStore(path, addThree)).rejects.toMatchObject({ code: 'STORE_FAILED', message });
  });

  it('tells in one line that there is no log', async () => {
    const path = newPath();
    await withStore(path, async (store) => {
      store.database.exec('DROP TABLE audit_log');
      await expect(store.audit.verify()).rejects.toMatchObject({
        message: 'the audit log cannot be read: no such table: audit_log',
      });
    });
  });

  it('finds what somebody did to the file itself, and a missing end by the head beside it', async () => {
    const path = newPath();
    await withStore(path, async (store) => {
      await addThree(store);
      store.database.exec('DROP TRIGGER audit_log_keeps_entries; DROP TRIGGER audit_log_loses_none');
      store.database.exec(`UPDATE audit_log SET detail = '{"target": "two"}' WHERE sequence = 2`);
      expect((await store.audit.verify()).broken).toMatchObject({ sequence: 2 });
      store.database.exec(`UPDATE audit_log SET detail = '{"target":"two"}' WHERE sequence = 2`);
      expect((await store.audit.verify()).broken).toBeNull();
      store.database.exec('DELETE FROM audit_log WHERE sequence = 3');
      expect((await store.audit.verify()).broken).toEqual({
        sequence: 3,
        reason: 'the end is missing: 3 entries were noted beside the log',
      });
      // What is added now has other contents than what was cut off.
      await store.audit.append({ action: 'ticket.close.done', target: 'other', detail: null });
      expect((await store.audit.verify()).broken?.reason).toContain('written anew');
    });
    expect(JSON.parse(readFileSync(`${path}.audit-head`, 'utf8'))).toMatchObject({ entries: 3 });
  });

  it('takes a head that is older than the log, as a kill between the two leaves it, for no fault', () => {
    const path = newPath();
    return withStore(path, async (store) => {
      await addThree(store);
      const hash = store.database.prepare('SELECT hash FROM audit_log WHERE sequence = 2').pluck().get();
      writeFileSync(`${path}.audit-head`, JSON.stringify({ entries: 2, hash }));
      expect((await store.audit.verify()).broken).toBeNull();
    });
  });

  it('is one chain where several processes write at once', async () => {
    const path = newPath();
    await withStore(path, async () => undefined);
    const run = promisify(execFile);
    const tsx = join(import.meta.dirname, '../../node_modules/.bin/tsx');
    const code = `
      const { openStoreFile } = await import(${JSON.stringify(join(import.meta.dirname, '../../src/runtime/open-store.ts'))});
      const store = openStoreFile(${JSON.stringify(path)}, { now: () => new Date() });
      for (let n = 0; n < 25; n += 1) await store.audit.append({ action: 'test', target: String(process.pid), detail: n });
      store.close();`;
    const file = join(path, '../writer.mts');
    writeFileSync(file, code);
    await Promise.all([0, 1, 2].map(() => run(tsx, [file])));
    await withStore(path, async ({ audit }) => {
      expect(await audit.verify()).toMatchObject({ entries: 75, broken: null });
    });
  });
});
