import { expect, test } from 'vitest';
import { handOver } from './hand-over.ts';

test('gives what it holds once, and says so where it is asked again', () => {
  const held = { large: true };
  const take = handOver(held);
  expect(take()).toBe(held);
  expect(take).toThrow('taken already');
});
