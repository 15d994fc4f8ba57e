import { describe, expect, it } from 'vitest';
import type { Cache } from '../ports/cache.ts';
import { meterCache } from './metered-cache.ts';

/** A cache that has one key; nothing else of it is used. */
const CACHE = {
  getMany: async (_namespace: string, keys: readonly string[]) =>
    new Map(keys.filter((key) => key === 'a').map((key) => [key, { value: 1, storedAt: '2026-01-01T00:00:00.000Z' }])),
} as unknown as Cache;

describe('the meter of a cache', () => {
  it('counts each look-up once, of its own run only, and hands over what came since', async () => {
    const told: unknown[] = [];
    const metrics = { cacheRequests: (...said: unknown[]) => void told.push(said) };
    const [one, other] = [meterCache(CACHE, metrics), meterCache(CACHE, metrics)];
    await one.getMany('epss', ['a', 'b', 'c']);
    // What was missing is looked for again once the lease is had: no further look-up.
    await one.getMany('epss', ['b', 'c'], { isSecond: true });
    await other.getMany('ssvc', ['a']);
    expect(told).toEqual([
      ['epss', { hits: 1, misses: 2 }],
      ['ssvc', { hits: 1, misses: 0 }],
    ]);
    expect(one.takeCounts()).toEqual({ epss: { hits: 1, misses: 2 } });
    expect(one.takeCounts()).toEqual({});
    expect(other.takeCounts()).toEqual({ ssvc: { hits: 1, misses: 0 } });
  });
});
