import { bad, type Read, readMilliseconds } from './read-setting.ts';
import { Secret } from './secret.ts';

/** Where assessments are kept for a fleet, and how the server is used. */
export interface DatabaseConfig {
  /** May hold a password. */
  readonly url: Secret;
  /** Connections of one process at most. */
  readonly poolSize: number;
  /** Time limit of one statement, milliseconds. */
  readonly timeoutMs: number;
}

/** A server has 100 connections unless told otherwise; more than this from one process starves the others. */
const LARGEST_POOL = 100;

/** Reads where assessments are kept; null: in the embedded store. @throws RiskError `BAD_INPUT`, which never shows the URL */
export function readDatabase(read: Read): DatabaseConfig | null {
  const url = read('DATABASE_URL');
  if (url === null) return null;
  if (!/^postgres(?:ql)?:\/\//.test(url)) {
    throw bad('DATABASE_URL', 'a postgres or postgresql URL, such as postgresql://user:password@host:5432/database');
  }
  return {
    url: new Secret(url),
    poolSize: readPoolSize(read),
    timeoutMs: readMilliseconds(read, 'DATABASE_TIMEOUT_MS'),
  };
}

function readPoolSize(read: Read): number {
  const size = Number(read('DATABASE_POOL_SIZE'));
  if (Number.isInteger(size) && size >= 1 && size <= LARGEST_POOL) return size;
  throw bad('DATABASE_POOL_SIZE', `a whole number from 1 to ${LARGEST_POOL}`);
}
