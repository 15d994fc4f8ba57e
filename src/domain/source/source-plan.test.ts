import { describe, expect, it } from 'vitest';
import { planRequests } from './source-plan.ts';

const nvd = { idsARequest: 100, atOnce: 5, lanes: [{ requests: 5, windowMs: 31_000 }] };

describe('planning requests', () => {
  it.each([
    [0, { requests: 0, atOnce: 0, leastWaitMs: 0 }],
    [1, { requests: 1, atOnce: 1, leastWaitMs: 0 }],
    [500, { requests: 5, atOnce: 5, leastWaitMs: 0 }],
    [501, { requests: 6, atOnce: 5, leastWaitMs: 31_000 }],
    [1001, { requests: 11, atOnce: 5, leastWaitMs: 62_000 }],
  ])('for %i CVEs', (cves, plan) => {
    expect(planRequests(cves, nvd)).toEqual(plan);
  });

  it('adds up the allowance of several keys', () => {
    const lanes = [1, 2].map(() => ({ requests: 50, windowMs: 31_000 }));
    expect(planRequests(10_000, { ...nvd, lanes }).leastWaitMs).toBe(0);
    expect(planRequests(10_001, { ...nvd, lanes }).leastWaitMs).toBe(31_000);
  });

  it('without a limit', () => {
    expect(planRequests(1000, { idsARequest: 1, atOnce: 10, lanes: [] }).leastWaitMs).toBe(0);
  });
});
