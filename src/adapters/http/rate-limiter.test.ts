import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RateLimitLane } from '../../ports/http-client.ts';
import { createRateLimiter } from './rate-limiter.ts';

const now = () => performance.now();
const lane = (id: string, requests: number, windowMs: number): RateLimitLane => ({
  id,
  requests,
  windowMs,
  headers: {},
});
const forever = () => new AbortController().signal;

describe('the rate limiter', () => {
  it('never grants more starts within a window than the lane allows', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 4 }),
        fc.array(fc.integer({ min: 0, max: 30 }), { minLength: 1, maxLength: 12 }),
        async (requests, delays) => {
          const limiter = createRateLimiter(now);
          const limited = lane('a', requests, 40);
          const starts = await Promise.all(
            delays.map(async (delay) => {
              await new Promise((resolve) => setTimeout(resolve, delay));
              await limiter.take(limited, forever());
              return now();
            }),
          );
          starts.sort((a, b) => a - b);
          for (let index = requests; index < starts.length; index += 1) {
            // The grant is noted a moment before the waiter resumes; the moment is the tolerance.
            expect((starts[index] ?? 0) - (starts[index - requests] ?? 0)).toBeGreaterThan(40 - 5);
          }
        },
      ),
      { numRuns: 15 },
    );
  });

  it('tells the wait beforehand', async () => {
    const limiter = createRateLimiter(now);
    const limited = lane('a', 2, 1000);
    expect(limiter.choose([limited])?.waitMs).toBe(0);
    await limiter.take(limited, forever());
    await limiter.take(limited, forever());
    expect(limiter.choose([limited])?.waitMs).toBeGreaterThan(900);
    const controller = new AbortController();
    const waiting = [1, 2].map(() => limiter.take(limited, controller.signal).catch(() => 'cancelled'));
    expect(limiter.choose([limited])?.waitMs).toBeGreaterThan(1900);
    controller.abort();
    expect(await Promise.all(waiting)).toEqual(['cancelled', 'cancelled']);
    expect(limiter.choose([limited])?.waitMs).toBeLessThan(1001);
  });

  it('chooses the lane that is free first', async () => {
    const limiter = createRateLimiter(now);
    const lanes = [lane('a', 1, 1000), lane('b', 1, 1000)];
    const first = limiter.choose(lanes)?.lane;
    expect(first?.id).toBe('a');
    if (first !== undefined) await limiter.take(first, forever());
    expect(limiter.choose(lanes)?.lane.id).toBe('b');
    expect(limiter.choose([])).toBeNull();
  });

  it('gives a cancelled place to the next in line', async () => {
    const limiter = createRateLimiter(now);
    const limited = lane('a', 1, 60);
    await limiter.take(limited, forever());
    const cancelled = new AbortController();
    const begun = now();
    const lost = limiter.take(limited, cancelled.signal).catch((reason: unknown) => reason);
    const next = limiter.take(limited, forever());
    cancelled.abort('enough');
    expect(await lost).toBe('enough');
    await next;
    expect(now() - begun).toBeLessThan(110);
  });

  it('refuses a signal that has aborted already', async () => {
    const limiter = createRateLimiter(now);
    await expect(limiter.take(lane('a', 1, 60), AbortSignal.abort('enough'))).rejects.toBe('enough');
  });
});
