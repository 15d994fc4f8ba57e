import { thisProcess } from '../adapters/postgres/owner.ts';
import type { PostgresConfig } from '../adapters/postgres/postgres-config.ts';
import type { DatabaseConfig } from '../config/database-config.ts';

/** For how long a server that is being restarted is waited for, milliseconds. */
const PATIENCE_MS = 30_000;

/** How this process uses the server of a configuration. */
export function toServer({ url, poolSize, timeoutMs }: DatabaseConfig): PostgresConfig {
  return { url: url.reveal(), poolSize, timeoutMs, patienceMs: PATIENCE_MS, owner: thisProcess() };
}
