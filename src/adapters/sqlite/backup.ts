import { chmodSync, renameSync, rmSync, statSync } from 'node:fs';
import Database from 'better-sqlite3';
import { messageOf, RiskError } from '../../kernel/risk-error.ts';
import type { SqliteDatabase } from './database.ts';

/** Pages of a step: more than a store has, so that one step copies all of it. Several would begin anew whenever somebody writes in between. */
const ALL_PAGES = 0x7fff_ffff;

/**
 * Copies the store to a file as one moment sees it, while others go on writing. The file appears whole or not at all, and is checked before
 * it does.
 * @throws RiskError `OUTPUT_FAILED`
 */
export async function backUpDatabase(database: SqliteDatabase, path: string): Promise<void> {
  const partial = `${path}.${process.pid}.partial`;
  try {
    if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) throw new Error('it is a folder; name a file in it');
    await database.backup(partial, { progress: () => ALL_PAGES });
    const copy = new Database(partial);
    // In the copy no write-ahead log is needed, and none is left beside it.
    copy.pragma('journal_mode = DELETE');
    const verdict = String(copy.pragma('quick_check(1)', { simple: true }));
    copy.close();
    if (verdict !== 'ok') throw new Error(verdict);
    chmodSync(partial, 0o600);
    renameSync(partial, path);
  } catch (cause) {
    const message = `cannot write ${path}: ${messageOf(cause)}`;
    throw new RiskError({ code: 'OUTPUT_FAILED', message, cause });
  } finally {
    for (const suffix of ['', '-journal', '-wal', '-shm']) rmSync(partial + suffix, { force: true });
  }
}
