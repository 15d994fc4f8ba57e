import type Database from 'better-sqlite3';
import { foldCase } from '../../kernel/fold-case.ts';

/** Adds what SQLite lacks: its own `lower()` knows ASCII only, so that "ZÜRICH" would not be "zürich" (`fold`). */
export function addFunctions(database: Database.Database): void {
  database.function('fold', { deterministic: true }, (value) => (typeof value === 'string' ? foldCase(value) : value));
}
