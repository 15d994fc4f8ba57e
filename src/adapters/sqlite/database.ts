import { chmodSync, existsSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { messageOf, RiskError } from '../../kernel/risk-error.ts';
import { addFunctions } from './functions.ts';
import { takeGuard } from './guard.ts';
import { MIGRATIONS } from './migrations.ts';

export type SqliteDatabase = Database.Database;

/** How long a process waits for another one's write, milliseconds. */
const BUSY_TIMEOUT_MS = 15_000;
/** A full consistency check is affordable up to this size at each start; larger files are found out when a damaged page is met. */
const QUICK_CHECK_LIMIT_BYTES = 16 * 1024 * 1024;

/** An open store, and what had to be set aside to open it. */
export interface OpenedDatabase {
  readonly database: SqliteDatabase;
  /** Where a damaged file was moved to; null where nothing was wrong. */
  readonly setAside: string | null;
  close(): void;
}

/** Of a mirror of several hundred megabytes, what is read and written again and again stays in memory. */
const CACHE_MB = 64;

/**
 * Opens the store's file, creating folder and schema as needed. A file that is no database or is damaged is moved beside itself,
 * never deleted, and a new one begun.
 * @throws RiskError `STORE_FAILED` where the folder or file cannot be read or written.
 */
export function openDatabase(path: string, now: Date, cacheMb: number = CACHE_MB): OpenedDatabase {
  makeFolder(dirname(path));
  try {
    try {
      return { ...openGuarded(path, cacheMb), setAside: null };
    } catch (error) {
      if (!isDamage(error)) throw error;
      const setAside = setDamagedAside(path, now);
      return { ...openGuarded(path, cacheMb), setAside };
    }
  } catch (error) {
    throw error instanceof RiskError ? error : storeFailed(path, error);
  }
}

function openGuarded(path: string, cacheMb: number): Pick<OpenedDatabase, 'database' | 'close'> {
  const guard = takeGuard(path, 'shared', BUSY_TIMEOUT_MS);
  try {
    const database = connect(path, cacheMb);
    const close = () => {
      database.close();
      guard.release();
    };
    return { database, close };
  } catch (error) {
    guard.release();
    throw error;
  }
}

/** A store that is gone with its process: what a rehearsal writes into. */
export function openMemoryDatabase(): SqliteDatabase {
  const database = new Database(':memory:');
  addFunctions(database);
  migrate(database);
  return database;
}

/** Whether an error, or what caused it, says that the file is damaged or no database, as opposed to unreadable, full or busy. */
export function isDamage(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error ? String(error.code) : '';
  return code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB' || isDamage(error.cause);
}

/** Whether an error, or what caused it, says that another process holds the file. */
export function isBusy(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return ('code' in error && String(error.code).startsWith('SQLITE_BUSY')) || isBusy(error.cause);
}

function makeFolder(folder: string): void {
  try {
    makeFolders(folder);
  } catch (error) {
    throw new RiskError({
      code: 'STORE_FAILED',
      message: `cannot create the data folder ${folder}: ${messageOf(error)}; set ERAS_HOME to a folder that you can write`,
      cause: error,
    });
  }
}

/** One by one: Node's own recursion never ends where a folder cannot be made in one that exists (`/proc`). */
function makeFolders(folder: string): void {
  if (existsSync(folder)) {
    if (!statSync(folder).isDirectory()) throw new Error('it is no folder');
    return;
  }
  makeFolders(dirname(folder));
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    // Another process was faster.
    if (!existsSync(folder)) throw error;
  }
}

/** Opens the file as it is, without looking whether another process sets it aside: whoever asks holds it already. */
export function connect(path: string, cacheMb: number = CACHE_MB): SqliteDatabase {
  const isNew = !existsSync(path);
  const database = new Database(path, { timeout: BUSY_TIMEOUT_MS });
  addFunctions(database);
  try {
    // Of a new file, bytes: findings and NVD's records fill several of SQLite's usual 4 KB each, which makes the file larger and slower.
    database.pragma('page_size = 8192');
    keepWriteAheadLog(database);
    // A killed process loses nothing that was committed; only a power cut can lose the last moments, never consistency.
    database.pragma('synchronous = NORMAL');
    database.pragma('foreign_keys = ON');
    // In kilobytes where it is negative.
    database.pragma(`cache_size = -${cacheMb * 1024}`);
    // The write-ahead log is copied into the file every 64 MB, at the new page size, and not every 4: rows that are written twice are copied once.
    database.pragma('wal_autocheckpoint = 8000');
    database.prepare('SELECT count(*) FROM sqlite_master').get();
    if (!isNew && statSync(path).size <= QUICK_CHECK_LIMIT_BYTES) quickCheck(database);
    migrate(database);
  } catch (error) {
    database.close();
    throw error;
  }
  if (isNew) chmodSync(path, 0o600);
  return database;
}

const PAUSE_MS = 20;

/** Of processes that begin a new file at the same time, one makes its log; SQLite does not let the others wait for that, so they try again. */
function keepWriteAheadLog(database: SqliteDatabase): void {
  const giveUpAt = Date.now() + BUSY_TIMEOUT_MS;
  for (;;) {
    try {
      database.pragma('journal_mode = WAL');
      return;
    } catch (error) {
      if (!isBusy(error) || Date.now() > giveUpAt) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT)), 0, 0, PAUSE_MS);
    }
  }
}

/** @throws SqliteError of code `SQLITE_CORRUPT` where the file is damaged inside. */
function quickCheck(database: SqliteDatabase): void {
  const verdict = database.pragma('quick_check(1)', { simple: true });
  if (verdict !== 'ok') throw new Database.SqliteError(String(verdict), 'SQLITE_CORRUPT');
}

/**
 * Moves a damaged store aside, once: of several processes that find the damage, the first to have the file for itself moves it; the others
 * look again and find a new store. The caller's own connection is closed by then. Returns where it went, or null where another process
 * had dealt with it.
 * @throws RiskError `STORE_FAILED` where it cannot be moved, or another process still uses it.
 */
export function setDamagedAside(path: string, now: Date): string | null {
  try {
    const guard = takeGuard(path, 'exclusive', BUSY_TIMEOUT_MS);
    try {
      if (isReadable(path)) return null;
      return moveAside(path, `${path}.damaged-${now.toISOString().replace(/[:.]/g, '-')}-${process.pid}`);
    } finally {
      guard.release();
    }
  } catch (error) {
    const reason = isBusy(error) ? 'another process still uses it; stop that one and try again' : messageOf(error);
    const message = `the store ${path} is damaged and cannot be moved aside: ${reason}`;
    throw new RiskError({ code: 'STORE_FAILED', message, cause: error });
  }
}

function isReadable(path: string): boolean {
  try {
    const database = connect(path);
    // A start looks through small files only; here every page is read, since somebody has met damage.
    const isWhole = database.pragma('quick_check(1)', { simple: true }) === 'ok';
    database.close();
    return isWhole;
  } catch (error) {
    if (isDamage(error)) return false;
    throw error;
  }
}

function moveAside(path: string, target: string): string {
  renameSync(path, target);
  // The write-ahead log belongs to the damaged file: left in place, it would be replayed into the new one.
  for (const suffix of ['-wal', '-shm']) if (existsSync(path + suffix)) renameSync(path + suffix, target + suffix);
  return target;
}

/** Brings a database to the present schema. @throws RiskError `STORE_FAILED` where a newer version has written it */
export function migrate(database: SqliteDatabase): void {
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
