import { expect, it } from 'vitest';
import { type SummedCalls, toCostLine } from './cost-line.ts';

const sums: SummedCalls = {
  key: 'k',
  calls: 3,
  input: 1,
  cache_write_5m: 0,
  cache_write_1h: 0,
  cache_read: 0,
  output: 1,
  cost_usd: 0.1 + 0.2,
  unpriced: 0,
  refusals: 0,
  unfinished: 0,
  unfinished_usd: 0.7 + 0.1,
  unfinished_unpriced: 0,
};

it('tells the same money whichever store added it up, and in whichever order', () => {
  expect(toCostLine(sums)).toMatchObject({ costUsd: 0.3, unfinished: { mostUsd: 0.8 } });
});

it('knows nothing of all where one call has no price', () => {
  const line = toCostLine({ ...sums, unpriced: 1, unfinished_unpriced: 1 });
  expect(line).toMatchObject({ costUsd: null, unfinished: { mostUsd: null } });
});
