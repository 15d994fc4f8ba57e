import { createHash } from 'node:crypto';
import type { Redis } from 'ioredis';
import type { RedisSlidingWindowRateLimiter } from 'sliding-window-rate-limiter';
import type { RateLimitLane } from '../../ports/http-client.ts';
import type { SharedWindows, WindowTurn } from '../../ports/shared-windows.ts';
import type { RedisLink } from './redis-link.ts';

type Limiter = Pick<RedisSlidingWindowRateLimiter, 'check' | 'reserve'>;

interface Opened {
  readonly redis: Redis;
  readonly Windows: typeof RedisSlidingWindowRateLimiter;
}

const PREFIX = 'eras:window';

/** Rolling windows in Redis, by its clock: those of the machines may differ. */
export function createRedisWindows(link: RedisLink): SharedWindows {
  // A link that was made anew has another connection.
  const limitersOf = new WeakMap<Redis, Map<number, Limiter>>();

  function limiterOf({ redis, Windows }: Opened, { windowMs }: RateLimitLane): Limiter {
    // It adds its commands to the client that it is given, which its types take for granted.
    const options = { interval: windowMs, redis } as unknown as ConstructorParameters<typeof Windows>[0];
    const limiters = limitersOf.get(redis) ?? new Map<number, Limiter>();
    limitersOf.set(redis, limiters);
    const limiter = limiters.get(windowMs) ?? new Windows(options);
    limiters.set(windowMs, limiter);
    return limiter;
  }

  async function usageOf(opened: Opened, lane: RateLimitLane): Promise<number> {
    return (await limiterOf(opened, lane).check(windowKey(lane), lane.requests)).usage;
  }

  /** What is left of a window matters only where there is a choice: most sources have one account, and many requests. */
  async function loadOf(opened: Opened, lane: RateLimitLane, hasChoice: boolean) {
    const [rest, usage] = await Promise.all([opened.redis.pttl(restKey(lane)), hasChoice ? usageOf(opened, lane) : 0]);
    return { lane, restMs: Math.max(0, rest), share: usage / lane.requests };
  }

  async function take(opened: Opened, lanes: readonly RateLimitLane[]): Promise<WindowTurn | null> {
    const loads = await Promise.all(lanes.map((lane) => loadOf(opened, lane, lanes.length > 1)));
    let waitMs = Number.POSITIVE_INFINITY;
    for (const { lane, restMs } of loads.toSorted(
      (one, other) => one.restMs - other.restMs || one.share - other.share,
    )) {
      if (restMs > 0) {
        waitMs = Math.min(waitMs, restMs);
        continue;
      }
      const { token, reset } = await limiterOf(opened, lane).reserve(windowKey(lane), lane.requests);
      if (token !== undefined) return { kind: 'granted', lane };
      waitMs = Math.min(waitMs, reset ?? lane.windowMs);
    }
    return lanes.length === 0 ? null : { kind: 'full', waitMs };
  }

  return {
    async take(lanes) {
      if (link.failure() !== null) return null;
      // Loaded with the first use, since it brings the client of Redis, and outside of what Redis has its time for.
      const { RedisSlidingWindowRateLimiter: Windows } = await import('sliding-window-rate-limiter');
      return link.use((redis) => take({ redis, Windows }, lanes), null);
    },
    rest: (lane, milliseconds) =>
      link.use(async (redis) => {
        await redis.set(restKey(lane), '1', 'PX', Math.ceil(milliseconds));
      }, undefined),
  };
}

/** An account's name may hold its key, which is nobody's business. */
function nameOf({ id }: RateLimitLane): string {
  return createHash('sha256').update(id).digest('hex').slice(0, 24);
}

const windowKey = (lane: RateLimitLane) => `${PREFIX}:${nameOf(lane)}`;
const restKey = (lane: RateLimitLane) => `${PREFIX}:rest:${nameOf(lane)}`;
