import { DatabaseDriver } from 'bentocache/drivers/database';
import type { CreateDriverResult, DatabaseAdapter, L2CacheDriver } from 'bentocache/types';

/** What of the store's connection the cache uses; the connection itself stays the store's. */
export interface CacheDatabase {
  prepare(sql: string): { get(...values: unknown[]): unknown; run(...values: unknown[]): { readonly changes: number } };
}

interface Row {
  readonly value: string;
  readonly expires_at: number | null;
}

/** The cache library's second tier in the store's `response_cache` table, which the store's migrations make. */
export function databaseDriver(database: CacheDatabase): CreateDriverResult<L2CacheDriver> {
  const options = { tableName: 'response_cache', autoCreateTable: false, pruneInterval: false as const };
  return { options, factory: (config) => new DatabaseDriver(createAdapter(database), config) };
}

/** Removes what nobody will be served any more. */
export function pruneExpired(database: CacheDatabase, now: Date): void {
  database.prepare('DELETE FROM response_cache WHERE expires_at < ?').run(now.getTime());
}

function createAdapter(database: CacheDatabase): DatabaseAdapter {
  const select = database.prepare('SELECT value, expires_at FROM response_cache WHERE key = ?');
  const upsert = database.prepare('INSERT OR REPLACE INTO response_cache (key, value, expires_at) VALUES (?, ?, ?)');
  const remove = database.prepare('DELETE FROM response_cache WHERE key = ?');
  const removePrefix = database.prepare('DELETE FROM response_cache WHERE substr(key, 1, length(?1)) = ?1');
  return {
    setTableName: () => undefined,
    async get(key) {
      const row = select.get(key) as Row | undefined;
      return row && { value: row.value, expiresAt: row.expires_at };
    },
    async set({ key, value, expiresAt }) {
      upsert.run(key, value, expiresAt?.getTime() ?? null);
    },
    delete: async (key) => remove.run(key).changes > 0,
    deleteMany: async (keys) => keys.reduce((sum, key) => sum + remove.run(key).changes, 0),
    async clear(prefix) {
      removePrefix.run(prefix);
    },
    async pruneExpiredEntries() {
      pruneExpired(database, new Date());
    },
    createTableIfNotExists: async () => undefined,
    disconnect: async () => undefined,
  };
}
