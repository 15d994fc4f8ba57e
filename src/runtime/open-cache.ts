import { createSqliteEmbeddingCache } from '../adapters/sqlite/embedding-cache.ts';
import type { Config } from '../config/config.ts';
import type { Cache } from '../ports/cache.ts';
import type { EmbeddingCache } from '../ports/knowledge-index.ts';
import { createCache, openRedisLink } from './create-cache.ts';
import { openLog } from './open-log.ts';
import type { OpenStore } from './open-store.ts';

/** The response cache alone, for those who look after it. */
export function openCache(config: Config, { database }: OpenStore): Cache {
  const log = openLog(config);
  return createCache(openRedisLink(config, log), database, log);
}

/** The cache of embeddings alone, in the machine's own store. */
export function openEmbeddingCache({ database }: Pick<OpenStore, 'database'>): EmbeddingCache {
  return createSqliteEmbeddingCache(database);
}
