import { existsSync, readFileSync, statSync } from 'node:fs';
import Database from 'better-sqlite3';
import { migrate, type SqliteDatabase } from './database.ts';
import { addFunctions } from './functions.ts';

/** A larger store is not worth the memory of one question. */
const MOST_BYTES = 2 ** 30;
/** Where a file's header says how it is written and read; 1: without a write-ahead log, which a database in memory has none of. */
const VERSION_BYTES = [18, 19];

/** Whether an error, or what caused it, says that a store may not be written. */
export function isReadOnly(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error ? String(error.code) : '';
  return /^(?:SQLITE_(?:READONLY|CANTOPEN)|EROFS$|EACCES$|EPERM$)/.test(code) || isReadOnly(error.cause);
}

/**
 * A store as it is, in memory, for who may read its file and not write it: SQLite itself opens no file with a write-ahead log without writing
 * beside it. Null where the file cannot be read, is larger than 1 GB, or is being written by somebody else.
 */
export function copyToMemory(path: string): SqliteDatabase | null {
  try {
    if (statSync(path).size > MOST_BYTES) return null;
    if (existsSync(`${path}-wal`) && statSync(`${path}-wal`).size > 0) return null;
    const bytes = readFileSync(path);
    for (const place of VERSION_BYTES) bytes[place] = 1;
    const database = new Database(bytes);
    addFunctions(database);
    migrate(database);
    return database;
  } catch {
    return null;
  }
}
