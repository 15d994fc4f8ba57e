import { expect, it } from 'vitest';
import { untilAborted } from './until-aborted.ts';

const never = new Promise<string>(() => undefined);

it('gives what the work gives, and what it throws', async () => {
  const { signal } = new AbortController();
  expect(await untilAborted(Promise.resolve('done'), signal)).toBe('done');
  await expect(untilAborted(Promise.reject(new Error('failed')), signal)).rejects.toThrow('failed');
});

it('waits no longer than the signal lets it', async () => {
  const controller = new AbortController();
  const waiting = untilAborted(never, controller.signal);
  controller.abort(new Error('stopped'));
  await expect(waiting).rejects.toThrow('stopped');
  await expect(untilAborted(never, controller.signal)).rejects.toThrow('stopped');
});
