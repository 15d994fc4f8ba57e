import { createEmbeddedCache } from '../adapters/cache/embedded-cache.ts';
import { createRedisCache } from '../adapters/cache/redis-cache.ts';
import type { Log } from '../adapters/log/create-log.ts';
import { createRedisLink, type RedisLink } from '../adapters/redis/redis-link.ts';
import type { SqliteDatabase } from '../adapters/sqlite/database.ts';
import type { Config } from '../config/config.ts';
import { type Clock, systemClock } from '../kernel/clock.ts';
import { messageOf } from '../kernel/risk-error.ts';
import type { Cache } from '../ports/cache.ts';

/** The response cache: in Redis where there is one, else in the embedded store. */
export function createCache(
  link: RedisLink | null,
  database: SqliteDatabase,
  log: Log,
  clock: Clock = systemClock,
): Cache {
  if (link !== null) return createRedisCache({ link, clock });
  const onError = (error: unknown) =>
    log.info('the response cache failed; going on without it', { reason: messageOf(error) });
  return createEmbeddedCache(database, clock, onError);
}

/** A worker outlives its Redis: it looks so often whether it is back. */
const AGAIN_AFTER_MS = 2000;

/** The process' link to `REDIS_URL`; null where none is configured. */
export function openRedisLink({ redisUrl }: Pick<Config, 'redisUrl'>, log: Log, isLongLived = false): RedisLink | null {
  if (redisUrl === null) return null;
  const onFailure = (reason: string) =>
    log.info('Redis failed; going on without its cache and shared rate limits', { reason });
  return createRedisLink(redisUrl.reveal(), onFailure, isLongLived ? AGAIN_AFTER_MS : undefined);
}
