import { DatabaseDriver } from 'bentocache/drivers/database';
import type { CreateDriverResult, DatabaseAdapter, L2CacheDriver } from 'bentocache/types';
import type { CacheNamespace, CacheStats } from '../../ports/cache.ts';
import { PREFIX } from './bento.ts';

/** What of the store's connection the cache uses; the connection itself stays the store's. */
export interface CacheDatabase {
  transaction(work: () => void): { immediate(): void };
  prepare(sql: string): { get(...values: unknown[]): unknown; run(...values: unknown[]): { readonly changes: number } };
}

interface Row {
  readonly value: string;
  readonly expires_at: number | null;
}

/** The cache library's second tier, and what writes out what it still holds. */
export interface DatabaseTier {
  readonly driver: CreateDriverResult<L2CacheDriver>;
  flush(): void;
}

/** The cache library's second tier in the store's `response_cache` table, which the store's migrations make. */
export function databaseTier(database: CacheDatabase): DatabaseTier {
  const options = { tableName: 'response_cache', autoCreateTable: false, pruneInterval: false as const };
  const { adapter, flush } = createAdapter(database);
  return { driver: { options, factory: (config) => new DatabaseDriver(adapter, config) }, flush };
}

/** Removes what nobody will be served any more. */
export function pruneExpired(database: CacheDatabase, now: Date): void {
  database.prepare('DELETE FROM response_cache WHERE expires_at < ?').run(now.getTime());
}

/** Removes what expires first until the values fit. */
export function keepWithin(database: CacheDatabase, mostBytes: number): void {
  database
    .prepare(
      `DELETE FROM response_cache WHERE key IN (
         SELECT key FROM (
           SELECT key, sum(length(value)) OVER (ORDER BY expires_at DESC, key) AS bytes FROM response_cache
         ) WHERE bytes > ?)`,
    )
    .run(mostBytes);
}

/** What the table holds of a namespace. */
export function statsOf(database: CacheDatabase, namespace: CacheNamespace): CacheStats {
  const row = database
    .prepare(
      `SELECT count(*) AS entries, total(length(value)) AS bytes FROM response_cache
       WHERE substr(key, 1, length(@prefix)) = @prefix`,
    )
    .get({ prefix: `${PREFIX}:${namespace}:` }) as Pick<CacheStats, 'entries'> & { readonly bytes: number };
  return { namespace, ...row };
}

/** Answers come in by the hundred: they are written together, a moment later, since each commit costs more than its row. */
function createAdapter(database: CacheDatabase): { readonly adapter: DatabaseAdapter; flush(): void } {
  const select = database.prepare('SELECT value, expires_at FROM response_cache WHERE key = ?');
  const upsert = database.prepare('INSERT OR REPLACE INTO response_cache (key, value, expires_at) VALUES (?, ?, ?)');
  const remove = database.prepare('DELETE FROM response_cache WHERE key = ?');
  const removePrefix = database.prepare('DELETE FROM response_cache WHERE substr(key, 1, length(@prefix)) = @prefix');
  const pending = new Map<string, Row>();
  let timer: NodeJS.Immediate | undefined;

  function flush(): void {
    clearImmediate(timer);
    timer = undefined;
    if (pending.size === 0) return;
    database
      .transaction(() => {
        for (const [key, { value, expires_at }] of pending) upsert.run(key, value, expires_at);
      })
      .immediate();
    pending.clear();
  }

  const adapter: DatabaseAdapter = {
    setTableName: () => undefined,
    async get(key) {
      const row = pending.get(key) ?? (select.get(key) as Row | undefined);
      return row && { value: row.value, expiresAt: row.expires_at };
    },
    async set({ key, value, expiresAt }) {
      pending.set(key, { value, expires_at: expiresAt?.getTime() ?? null });
      // A failing write shows with the next flush that somebody waits for.
      timer ??= setImmediate(() => {
        try {
          flush();
        } catch {
          timer = undefined;
        }
      });
    },
    async delete(key) {
      const wasPending = pending.delete(key);
      return remove.run(key).changes > 0 || wasPending;
    },
    async deleteMany(keys) {
      for (const key of keys) pending.delete(key);
      return keys.reduce((sum, key) => sum + remove.run(key).changes, 0);
    },
    async clear(prefix) {
      for (const key of pending.keys()) if (key.startsWith(prefix)) pending.delete(key);
      removePrefix.run({ prefix });
    },
    async pruneExpiredEntries() {
      pruneExpired(database, new Date());
    },
    createTableIfNotExists: async () => undefined,
    disconnect: async () => undefined,
  };
  return { adapter, flush };
}
