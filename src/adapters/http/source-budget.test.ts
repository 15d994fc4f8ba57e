import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createSourceBudget } from './source-budget.ts';

describe('the source budget', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  const create = () => createSourceBudget(1000, () => performance.now());

  function fail(budget: ReturnType<typeof create>, inFlightMs: number): void {
    budget.begin();
    const startedAt = performance.now();
    vi.advanceTimersByTime(inFlightMs);
    budget.failed(startedAt, 'HTTP 503');
    budget.end();
  }

  it('stays whole while nothing fails', () => {
    const budget = create();
    budget.begin();
    vi.advanceTimersByTime(5000);
    budget.succeeded();
    budget.end();
    expect(budget.remainingMs()).toBe(1000);
  });

  it('runs from the start of the first failing request', () => {
    const budget = create();
    fail(budget, 400);
    expect(budget.remainingMs()).toBe(600);
    expect(budget.lastReason).toBe('HTTP 503');
  });

  it('is set back by a success', () => {
    const budget = create();
    fail(budget, 400);
    budget.succeeded();
    expect(budget.remainingMs()).toBe(1000);
  });

  it('does not run while a source that failed once or twice only waits for its rate limit', () => {
    const budget = create();
    fail(budget, 100);
    vi.advanceTimersByTime(31_000);
    fail(budget, 100);
    expect(budget.remainingMs()).toBe(800);
    expect(budget.spent.aborted).toBe(false);
  });

  it('runs on during waits for the rate limit once a source keeps failing', () => {
    const budget = create();
    for (let failures = 0; failures < 3; failures += 1) fail(budget, 10);
    vi.advanceTimersByTime(1000);
    expect(budget.spent.aborted).toBe(true);
    expect(budget.remainingMs()).toBe(0);
  });

  it('is given back the time in which an answer arrived, but not once a source keeps failing', () => {
    const budget = create();
    const download = (silentMs: number) => {
      budget.begin();
      const left = budget.remainingMs();
      vi.advanceTimersByTime(500);
      budget.restore(left);
      const silentSince = performance.now();
      vi.advanceTimersByTime(silentMs);
      budget.failed(silentSince, 'nothing arrived');
      budget.end();
    };
    download(100);
    expect(budget.remainingMs()).toBe(900);
    download(100);
    expect(budget.remainingMs()).toBe(800);
    download(100);
    expect(budget.remainingMs()).toBe(700);
    download(100);
    expect(budget.remainingMs()).toBe(100);
  });

  it('ends requests in flight when it is spent', () => {
    const budget = create();
    budget.begin();
    fail(budget, 900);
    expect(budget.spent.aborted).toBe(false);
    vi.advanceTimersByTime(101);
    expect(budget.spent.aborted).toBe(true);
  });

  it('counts concurrent failures once', () => {
    const budget = create();
    budget.begin();
    budget.begin();
    const startedAt = performance.now();
    vi.advanceTimersByTime(300);
    budget.failed(startedAt, 'a');
    budget.end();
    budget.failed(startedAt, 'b');
    budget.end();
    expect(budget.remainingMs()).toBe(700);
  });
});
