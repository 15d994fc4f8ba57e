import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { watchRedis } from './watch-redis.ts';

const TURN_MS = 1000;

describe('the watch over Redis', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  function watch(ping: () => Promise<void>) {
    const lines: string[] = [];
    const say = (message: string) => void lines.push(message);
    return { lines, ...watchRedis(ping, { info: say, warn: say }, TURN_MS) };
  }

  it('is content with a server that answers', async () => {
    const { lines, isAnswering, stop } = watch(async () => undefined);
    await vi.advanceTimersByTimeAsync(20 * TURN_MS);
    expect([isAnswering(), lines]).toEqual([true, []]);
    stop();
  });

  it('asks one question at a time, says once that nobody answers, and once that somebody does again', async () => {
    let asked = 0;
    let answer: () => void = () => undefined;
    const { lines, isAnswering, stop } = watch(() => {
      asked += 1;
      return new Promise((resolve) => {
        answer = resolve;
      });
    });
    await vi.advanceTimersByTimeAsync(4 * TURN_MS);
    expect([isAnswering(), lines]).toEqual([true, []]);
    await vi.advanceTimersByTimeAsync(6 * TURN_MS);
    expect([isAnswering(), asked]).toEqual([false, 1]);
    expect(lines).toEqual(['Redis does not answer; the worker is not ready until it does']);
    answer();
    await vi.advanceTimersByTimeAsync(0);
    expect(isAnswering()).toBe(true);
    expect(lines.slice(1)).toEqual(['Redis answers again; the worker is ready']);
    stop();
  });

  it('takes refusals for silence', async () => {
    const { isAnswering, stop } = watch(() => Promise.reject(new Error('LOADING')));
    await vi.advanceTimersByTimeAsync(5 * TURN_MS);
    expect(isAnswering()).toBe(false);
    stop();
  });
});
