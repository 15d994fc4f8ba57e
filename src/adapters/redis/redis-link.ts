import type { Redis } from 'ioredis';
import { messageOf } from '../../kernel/risk-error.ts';
import { connectRedis, inTime } from './connect-redis.ts';

/** A process' one way to Redis. */
export interface RedisLink {
  /** The outcome of some work, or `otherwise` where Redis is absent, slow or dying: from then on it is left alone, and nobody waits for it. */
  use<Value>(work: (redis: Redis) => Promise<Value>, otherwise: Value): Promise<Value>;
  /** Why Redis is left alone; null while it is used. */
  failure(): string | null;
  close(): Promise<void>;
}

/** No call waits longer for Redis; the first one waits for the connection, too. */
const PATIENCE_MS = 250;
/** An answer that takes as long as those of the sources is of no use. */
const SLOW_MS = 190;

/**
 * Creates a link to `REDIS_URL`. The client is loaded and connected with the first use. `onFailure` is told of each failure. A process that lives for long
 * tries again after `againAfterMs`; none does not.
 */
export function createRedisLink(
  url: string,
  onFailure: (reason: string) => void,
  againAfterMs = Number.POSITIVE_INFINITY,
): RedisLink {
  let failed: string | null = null;
  let failedAt = 0;
  let opened: Promise<Redis> | null = null;

  function isLeftAlone(): boolean {
    if (failed === null) return false;
    if (performance.now() - failedAt < againAfterMs) return true;
    opened?.then((redis) => redis.disconnect()).catch(() => undefined);
    [failed, opened] = [null, null];
    return false;
  }

  return {
    async use(work, otherwise) {
      if (isLeftAlone()) return otherwise;
      try {
        opened ??= connectRedis(url, PATIENCE_MS);
        const working = opened.then((redis) => inTime(work(redis), SLOW_MS));
        working.catch(() => undefined);
        return await inTime(working, PATIENCE_MS);
      } catch (error) {
        if (failed === null) {
          failed = messageOf(error);
          failedAt = performance.now();
          onFailure(failed);
        }
        return otherwise;
      }
    },
    failure: () => (isLeftAlone() ? failed : null),
    async close() {
      (await opened?.catch(() => null))?.disconnect();
    },
  };
}
