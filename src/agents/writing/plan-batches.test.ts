import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planBatches } from './plan-batches.ts';

const items = (count: number) => Array.from({ length: count }, (_, index) => index);
const sizes = (count: number, over = {}) =>
  planBatches(items(count), () => 400, { batchSize: 50, lanes: 8, evidenceTokens: 4000, ...over }).map(
    (batch) => batch.length,
  );

describe('batches', () => {
  it('spread over the calls that may run at once', () => {
    expect(sizes(1)).toEqual([1]);
    expect(sizes(8)).toEqual(Array(8).fill(1));
    expect(sizes(16)).toEqual(Array(8).fill(2));
    expect(sizes(0)).toEqual([]);
  });

  it('are full where there are more findings than lanes can share', () => {
    expect(sizes(200)).toEqual(Array(20).fill(10));
    expect(sizes(200, { evidenceTokens: 1_000_000 })).toEqual(Array(8).fill(25));
    expect(sizes(200, { batchSize: 20, evidenceTokens: 1_000_000, lanes: 1 })).toEqual(Array(10).fill(20));
  });

  it('hold every finding once, in order, within the limits', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 5000 }), { maxLength: 200 }),
        fc.integer({ min: 1, max: 60 }),
        fc.integer({ min: 1, max: 20 }),
        (tokens, batchSize, lanes) => {
          const batches = planBatches(tokens, (count) => count, { batchSize, lanes, evidenceTokens: 4000 });
          expect(batches.flat()).toEqual(tokens);
          for (const batch of batches) {
            expect(batch.length).toBeLessThanOrEqual(batchSize);
            const sum = batch.reduce((total, count) => total + count, 0);
            expect(sum <= 4000 || batch.length === 1).toBe(true);
          }
        },
      ),
    );
  });
});
