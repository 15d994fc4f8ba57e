import { describe, expect, it } from 'vitest';
import { asTheyArrive } from './as-they-arrive.ts';

const later = <Value>(milliseconds: number, value: Value) =>
  new Promise<Value>((resolve) => setTimeout(() => resolve(value), milliseconds));

async function collect<Value>(values: AsyncIterable<readonly Value[]>): Promise<Value[]> {
  const collected: Value[] = [];
  for await (const piece of values) collected.push(...piece);
  return collected;
}

describe('asTheyArrive', () => {
  it('yields results in the order of arrival', async () => {
    const tasks = [30, 5, 15].map((delay) => () => later(delay, [delay]));
    expect(await collect(asTheyArrive(tasks, 3))).toEqual([5, 15, 30]);
    expect(await collect(asTheyArrive([], 3))).toEqual([]);
  });

  it('runs some at a time', async () => {
    let running = 0;
    let most = 0;
    const task = async () => {
      running += 1;
      most = Math.max(most, running);
      await later(2, null);
      running -= 1;
      return [null];
    };
    expect(await collect(asTheyArrive(Array(20).fill(task), 3))).toHaveLength(20);
    expect(most).toBe(3);
  });

  it('runs tasks that tasks append', async () => {
    const tasks: (() => Promise<number[]>)[] = [];
    const count = (value: number) => async () => {
      if (value < 3) tasks.push(count(value + 1));
      return [value];
    };
    tasks.push(count(1));
    expect(await collect(asTheyArrive(tasks, 2))).toEqual([1, 2, 3]);
  });

  it('ends with the first that fails', async () => {
    let begun = 0;
    const tasks = Array.from({ length: 50 }, () => async () => {
      begun += 1;
      await later(5, null);
      throw new Error('interrupted');
    });
    await expect(collect(asTheyArrive(tasks, 2))).rejects.toThrow('interrupted');
    const begunThen = begun;
    await later(30, null);
    expect(begunThen).toBeLessThanOrEqual(4);
    expect(begun).toBe(begunThen);
  });

  it('starts nothing more once nobody listens', async () => {
    let begun = 0;
    const tasks = Array.from({ length: 50 }, () => async () => {
      begun += 1;
      return later(5, [null]);
    });
    for await (const _value of asTheyArrive(tasks, 2)) break;
    await later(40, null);
    expect(begun).toBeLessThanOrEqual(4);
  });
});
