import { expect, it } from 'vitest';
import type { QueueState } from '../../ports/job-queue.ts';
import { judgeWorkers } from './check-servers.ts';

const state = (over: Partial<QueueState>): QueueState => ({
  kind: 'gather',
  waiting: 0,
  active: 0,
  delayed: 0,
  blocked: 0,
  dead: 0,
  workers: 0,
  ...over,
});

it.each([
  ['no worker and no work', [state({})], 'ok', 'none is alive'],
  ['workers', [state({ workers: 2 })], 'ok', '2 alive'],
  ['a kind that nobody takes', [state({ workers: 2 }), state({ kind: 'score' })], 'ok', '2 alive, none for score'],
  [
    'work that nobody takes',
    [state({ workers: 2 }), state({ kind: 'score', waiting: 1 })],
    'warn',
    'wait for nobody: score',
  ],
  ['dead jobs', [state({ workers: 1, dead: 3 })], 'warn', '3 dead jobs'],
] as const)('the fleet: %s', (_, states, status, detail) => {
  expect(judgeWorkers(states).check).toMatchObject({ status, detail: expect.stringContaining(detail) });
});
