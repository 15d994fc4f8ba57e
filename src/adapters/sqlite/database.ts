import { chmodSync, existsSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { messageOf, RiskError } from '../../kernel/risk-error.ts';
import { MIGRATIONS } from './migrations.ts';

export type SqliteDatabase = Database.Database;

/** How long a process waits for another one's write, milliseconds. */
const BUSY_TIMEOUT_MS = 15_000;
/** A full consistency check is affordable up to this size at each start; larger files are checked by `eras doctor`. */
const QUICK_CHECK_LIMIT_BYTES = 16 * 1024 * 1024;

/** An open store, and what had to be set aside to open it. */
export interface OpenedDatabase {
  readonly database: SqliteDatabase;
  /** Where a damaged file was moved to; null where nothing was wrong. */
  readonly setAside: string | null;
}

/**
 * Opens the store's file, creating folder and schema as needed. A file that is no database or is damaged is moved beside itself,
 * never deleted, and a new one begun.
 * @throws RiskError `STORE_FAILED` where the folder or file cannot be read or written.
 */
export function openDatabase(path: string, now: Date): OpenedDatabase {
  makeFolder(dirname(path));
  let setAside: string | null = null;
  let database: SqliteDatabase;
  try {
    database = connect(path);
  } catch (error) {
    if (!isDamage(error)) throw storeFailed(path, error);
    setAside = moveAside(path, now);
    try {
      database = connect(path);
    } catch (again) {
      throw storeFailed(path, again);
    }
  }
  try {
    migrate(database);
  } catch (error) {
    database.close();
    throw error instanceof RiskError ? error : storeFailed(path, error);
  }
  return { database, setAside };
}

/** Whether an error says that the file is damaged or no database, as opposed to unreadable, full or busy. */
export function isDamage(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB';
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw new RiskError({
      code: 'STORE_FAILED',
      message: `cannot create the data folder ${folder}: ${messageOf(error)}; set ERAS_HOME to a folder that you can write`,
      cause: error,
    });
  }
}

function connect(path: string): SqliteDatabase {
  const isNew = !existsSync(path);
  const database = new Database(path, { timeout: BUSY_TIMEOUT_MS });
  try {
    database.pragma('journal_mode = WAL');
    // A killed process loses nothing that was committed; only a power cut can lose the last moments, never consistency.
    database.pragma('synchronous = NORMAL');
    database.pragma('foreign_keys = ON');
    database.prepare('SELECT count(*) FROM sqlite_master').get();
    if (!isNew && statSync(path).size <= QUICK_CHECK_LIMIT_BYTES) quickCheck(database);
  } catch (error) {
    database.close();
    throw error;
  }
  if (isNew) chmodSync(path, 0o600);
  return database;
}

/** @throws SqliteError of code `SQLITE_CORRUPT` where the file is damaged inside. */
function quickCheck(database: SqliteDatabase): void {
  const verdict = database.pragma('quick_check(1)', { simple: true });
  if (verdict !== 'ok') throw new Database.SqliteError(String(verdict), 'SQLITE_CORRUPT');
}

function moveAside(path: string, now: Date): string {
  const target = `${path}.damaged-${now.toISOString().replace(/[:.]/g, '-')}`;
  try {
    renameSync(path, target);
    // The write-ahead log belongs to the damaged file: left in place, it would be replayed into the new one.
    for (const suffix of ['-wal', '-shm']) if (existsSync(path + suffix)) renameSync(path + suffix, target + suffix);
  } catch (error) {
    throw new RiskError({
      code: 'STORE_FAILED',
      message: `the store ${path} is damaged and cannot be moved aside: ${messageOf(error)}`,
      cause: error,
    });
  }
  return target;
}

function migrate(database: SqliteDatabase): void {
  const version = () => Number(database.pragma('user_version', { simple: true }));
  if (version() > MIGRATIONS.length) {
    throw new RiskError({
      code: 'STORE_FAILED',
      message: `the store was written by a newer version of ERAS (schema ${version()}, this one knows ${MIGRATIONS.length}); update ERAS or set ERAS_HOME to another folder`,
    });
  }
  if (version() === MIGRATIONS.length) return;
  // IMMEDIATE: of several processes that start at once, one migrates and the others find it done.
  database
    .transaction(() => {
      for (let step = version(); step < MIGRATIONS.length; step += 1) database.exec(MIGRATIONS[step] ?? '');
      database.pragma(`user_version = ${MIGRATIONS.length}`);
    })
    .immediate();
}

function storeFailed(path: string, error: unknown): RiskError {
  return new RiskError({
    code: 'STORE_FAILED',
    message: `cannot open the store ${path}: ${messageOf(error)}; set ERAS_HOME to a folder that you can read and write`,
    cause: error,
  });
}
