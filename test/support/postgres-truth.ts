import { randomUUID } from 'node:crypto';
import type { PostgresConfig } from '../../src/adapters/postgres/postgres-config.ts';
import { systemClock } from '../../src/kernel/clock.ts';
import { openPostgresTruth, type PostgresTruth } from '../../src/runtime/open-postgres-truth.ts';

/** A server as a process would use it, which is no other process than any before. */
export function serverAt(url: string, over: Partial<PostgresConfig> = {}): PostgresConfig {
  const owner = JSON.stringify(['another machine', 1, randomUUID()]);
  return { url, poolSize: 4, timeoutMs: 30_000, patienceMs: 10_000, owner, ...over };
}

/** The store in a database, open. */
export function openTruthAt(url: string, over: Partial<PostgresConfig> = {}): Promise<PostgresTruth> {
  return openPostgresTruth(serverAt(url, over), { clock: systemClock, actor: 'test@here', headFolder: null });
}
