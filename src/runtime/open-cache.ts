import type { Config } from '../config/config.ts';
import type { Cache } from '../ports/cache.ts';
import { createCache, openRedisLink } from './create-cache.ts';
import { openLog } from './open-log.ts';
import type { OpenStore } from './open-store.ts';

/** The response cache alone, for those who look after it. */
export function openCache(config: Config, { database }: OpenStore): Cache {
  const log = openLog(config);
  return createCache(openRedisLink(config, log), database, log);
}
