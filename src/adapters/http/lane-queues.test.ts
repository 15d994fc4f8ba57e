import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { SLACK_MS } from '../../../test/support/slack.ts';
import type { RateLimitLane } from '../../ports/http-client.ts';
import { createLaneQueues } from './lane-queues.ts';

const now = () => performance.now();
const lane = (id: string, requests: number, windowMs: number): RateLimitLane => ({
  id,
  requests,
  windowMs,
  headers: {},
});
const forever = () => new AbortController().signal;

describe('the queues of the lanes', () => {
  it('never grants more starts within a window than the lane allows', async () => {
    // On a clock of its own: a machine that is busy tells late of starts, and would see them closer together than they were.
    vi.useFakeTimers();
    try {
      await fc.assert(
        fc.asyncProperty(
          fc.integer({ min: 1, max: 4 }),
          fc.array(fc.integer({ min: 0, max: 3000 }), { minLength: 1, maxLength: 12 }),
          async (requests, delays) => {
            const lanes = createLaneQueues();
            const limited = lane('a', requests, 1000);
            const starts: number[] = [];
            for (const delay of delays) {
              setTimeout(() => {
                void lanes.take([limited], forever()).then(() => starts.push(Date.now()));
              }, delay);
            }
            await vi.advanceTimersByTimeAsync(20_000);
            expect(starts).toHaveLength(delays.length);
            for (let index = requests; index < starts.length; index += 1) {
              expect((starts[index] ?? 0) - (starts[index - requests] ?? 0)).toBeGreaterThanOrEqual(1000);
            }
          },
        ),
        { numRuns: 50 },
      );
    } finally {
      vi.useRealTimers();
    }
  });

  it('tell a wait beforehand, at its longest', async () => {
    const lanes = createLaneQueues();
    const limited = lane('a', 2, 1000);
    const told: number[] = [];
    const onWait = (milliseconds: number) => told.push(milliseconds);
    const controller = new AbortController();
    const takes = [1, 2, 3, 4, 5].map(() => lanes.take([limited], controller.signal, onWait).catch(() => null));
    expect(told).toEqual([1000, 1000, 2000]);
    controller.abort();
    expect((await Promise.all(takes)).map((taken) => taken?.id)).toEqual(['a', 'a', undefined, undefined, undefined]);
    void lanes.take([limited], AbortSignal.timeout(1), onWait).catch(() => null);
    expect(told.at(-1)).toBe(1000);
  });

  it('share the load, whether it waits or went out lately', async () => {
    const lanes = createLaneQueues();
    const offered = [lane('a', 1, 60), lane('b', 1, 60)];
    const taken = await Promise.all([1, 2, 3, 4].map(() => lanes.take(offered, forever())));
    expect(taken.map((known) => known?.id)).toEqual(['a', 'b', 'a', 'b']);
    await new Promise((resolve) => setTimeout(resolve, 80));
    expect((await lanes.take([lane('b', 1, 60), lane('a', 1, 60)], forever()))?.id).toBe('b');
    expect(await lanes.take([], forever())).toBeNull();
  });

  it('limit starts, however long what they started takes', async () => {
    const lanes = createLaneQueues();
    const limited = lane('a', 2, SLACK_MS);
    const begun = now();
    await Promise.all([1, 2, 3, 4].map(() => lanes.take([limited], forever())));
    expect(now() - begun).toBeGreaterThan(SLACK_MS - 20);
    expect(now() - begun).toBeLessThan(2 * SLACK_MS - 20);
  });

  it('gives a cancelled place to the next in line', async () => {
    const lanes = createLaneQueues();
    const limited = lane('a', 1, SLACK_MS);
    await lanes.take([limited], forever());
    const cancelled = new AbortController();
    const begun = now();
    const lost = lanes.take([limited], cancelled.signal).catch((reason: unknown) => reason);
    const next = lanes.take([limited], forever());
    cancelled.abort('enough');
    expect(await lost).toBe('enough');
    await next;
    expect(now() - begun).toBeLessThan(2 * SLACK_MS - 20);
  });

  it('refuses a signal that has aborted already', async () => {
    const lanes = createLaneQueues();
    await expect(lanes.take([lane('a', 1, 60)], AbortSignal.abort('enough'))).rejects.toBe('enough');
  });
});
