import type { Redis } from 'ioredis';
import { messageOf, RiskError } from '../../kernel/risk-error.ts';
import { GOODBYE_MS, inTime } from './connect-redis.ts';

/** A connection that outlives its server: commands wait until it is back, however long that takes. */
export interface LastingConnection {
  readonly redis: Redis;
  /** @throws RiskError `QUEUE_FAILED` where the server does not answer now */
  ready(): Promise<void>;
  close(): void;
}

/** Whoever begins does not wait longer for a server that may not be there at all. */
const PATIENCE_MS = 3000;
const LONGEST_PAUSE_MS = 1000;

/** Connects to `REDIS_URL`; the client is loaded here. `onFailure` is told of each failure to connect. */
export async function openLastingConnection(
  url: string,
  onFailure: (reason: string) => void = () => undefined,
): Promise<LastingConnection> {
  const { Redis: Client } = await import('ioredis');
  const redis = new Client(url, {
    // As BullMQ wants it: a command that was sent is waited for.
    maxRetriesPerRequest: null,
    disconnectTimeout: GOODBYE_MS,
    retryStrategy: (times) => Math.min(LONGEST_PAUSE_MS, 50 * times),
  });
  let reason: string | null = null;
  let isUp = false;
  redis.on('error', (error: Error) => {
    reason = messageOf(error);
    // Until it was there, whoever waits for it is told, once.
    if (isUp) onFailure(reason);
  });
  return {
    redis,
    async ready() {
      try {
        // A database that is not there would be taken for the first one.
        await inTime(redis.select(redis.options.db ?? 0), PATIENCE_MS);
        isUp = true;
      } catch (error) {
        redis.disconnect();
        const message = `cannot reach Redis at ${placeOf(url)}: ${reason ?? messageOf(error)}; is REDIS_URL right, and the server running?`;
        throw new RiskError({ code: 'QUEUE_FAILED', message, cause: error });
      }
    },
    close: () => redis.disconnect(),
  };
}

/** The server of a URL, without its name and password. */
function placeOf(url: string): string {
  const { hostname, port } = new URL(url);
  return `${hostname}:${port || '6379'}`;
}
