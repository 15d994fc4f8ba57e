import { createEmbeddedCache } from '../adapters/cache/embedded-cache.ts';
import { createRedisCache } from '../adapters/cache/redis-cache.ts';
import type { Log } from '../adapters/log/create-log.ts';
import type { SqliteDatabase } from '../adapters/sqlite/database.ts';
import type { Config } from '../config/config.ts';
import { systemClock } from '../kernel/clock.ts';
import { messageOf } from '../kernel/risk-error.ts';
import type { Cache } from '../ports/cache.ts';

/** The response cache: in Redis where there is one, else in the embedded store. */
export function createCache({ redisUrl }: Pick<Config, 'redisUrl'>, database: SqliteDatabase, log: Log): Cache {
  const onError = (reason: string) => log.info('the response cache failed; going on without it', { reason });
  if (redisUrl !== null) return createRedisCache({ url: redisUrl.reveal(), clock: systemClock, onError });
  return createEmbeddedCache(database, systemClock, (error) => onError(messageOf(error)));
}
