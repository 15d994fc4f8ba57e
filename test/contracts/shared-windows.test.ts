import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLaneQueues } from '../../src/adapters/http/lane-queues.ts';
import { createRedisLink, type RedisLink } from '../../src/adapters/redis/redis-link.ts';
import { createRedisWindows } from '../../src/adapters/redis/redis-windows.ts';
import type { RateLimitLane } from '../../src/ports/http-client.ts';
import { freePort, hasService, type RedisServer, startRedis } from '../support/services.ts';

const forever = () => new AbortController().signal;
let lanes = 0;
/** Of an account that no other test has. */
function newLane(requests: number, windowMs: number): RateLimitLane {
  lanes += 1;
  return { id: `nvd:secret-key-${lanes}`, requests, windowMs, headers: {} };
}

describe.skipIf(!hasService('redis-server'))('rate limits that machines share', () => {
  let redis: RedisServer;
  const links: RedisLink[] = [];
  beforeAll(async () => {
    redis = await startRedis();
  });
  afterAll(async () => {
    for (const link of links) await link.close();
    await redis.stop();
  });
  function newMachine(url = redis.url, onFailure: (reason: string) => void = () => undefined) {
    const link = createRedisLink(url, onFailure);
    links.push(link);
    const windows = createRedisWindows(link);
    return { link, windows, queues: createLaneQueues(windows) };
  }

  it('together never start more than the window allows', async () => {
    const lane = newLane(5, 600);
    const machines = [newMachine(), newMachine(), newMachine(), newMachine()];
    const starts: number[] = [];
    await Promise.all(
      machines.flatMap(({ queues }) =>
        Array.from({ length: 5 }, async () => {
          await queues.take([lane], forever());
          starts.push(performance.now());
        }),
      ),
    );
    expect(starts).toHaveLength(20);
    // What is told of late was granted earlier: only from the first start to the last is it certain how long it took.
    expect(Math.max(...starts) - Math.min(...starts)).toBeGreaterThanOrEqual(3 * 600 - 50);
  });

  it('grants by the window to the letter, and says how long it takes until the next one', async () => {
    const lane = newLane(2, 60_000);
    const [one, other] = [newMachine(), newMachine()];
    expect(await one.windows.take([lane])).toMatchObject({ kind: 'granted' });
    expect(await other.windows.take([lane])).toMatchObject({ kind: 'granted' });
    const turn = await one.windows.take([lane]);
    expect(turn).toMatchObject({ kind: 'full' });
    expect(turn?.kind === 'full' && turn.waitMs > 50_000 && turn.waitMs <= 60_000).toBe(true);
  });

  it('uses the account that has most left, whoever used it', async () => {
    const [first, second] = [newLane(4, 60_000), newLane(4, 60_000)];
    const [one, other] = [newMachine(), newMachine()];
    for (let count = 0; count < 3; count += 1) await one.windows.take([first]);
    for (let count = 0; count < 3; count += 1)
      expect(await other.windows.take([first, second])).toEqual({ kind: 'granted', lane: second });
  });

  it('lets an account that was refused rest for everybody, while others go on', async () => {
    const [first, second] = [newLane(4, 60_000), newLane(4, 60_000)];
    const [one, other] = [newMachine(), newMachine()];
    one.queues.refused(first, [first, second], 30_000);
    await pause(100);
    for (let count = 0; count < 4; count += 1)
      expect(await other.windows.take([first, second])).toEqual({ kind: 'granted', lane: second });
    expect(await other.windows.take([first, second])).toMatchObject({ kind: 'full' });
  });

  it('keeps no key in Redis', async () => {
    const lane = newLane(4, 60_000);
    const { windows, link } = newMachine();
    await windows.take([lane]);
    const keys = await link.use((client) => client.keys('*'), []);
    expect(keys.some((key) => key.startsWith('eras:window:'))).toBe(true);
    expect(keys.join()).not.toContain('secret-key');
  });

  it('is given up while nobody answers, and every machine counts for itself', async () => {
    const reasons: string[] = [];
    const { queues } = newMachine(`redis://127.0.0.1:${await freePort()}`, (reason) => reasons.push(reason));
    const lane = newLane(2, 60_000);
    expect(await queues.take([lane], forever())).toBe(lane);
    expect(await queues.take([lane], forever())).toBe(lane);
    expect(reasons).toHaveLength(1);
    const waits: number[] = [];
    const stop = new AbortController();
    const third = queues.take([lane], stop.signal, (milliseconds) => waits.push(milliseconds));
    await pause(50);
    stop.abort();
    await expect(third).rejects.toThrow();
    expect(waits).toEqual([60_000]);
  });
});
