import { describe, expect, it } from 'vitest';
import { createLeases, LOST } from './leases.ts';

const LOCK_MS = 12_000;

function createFixture(isGiven = true) {
  let [wallMs, monotonicMs, asked] = [1_000_000, 0, 0];
  const leases = createLeases(LOCK_MS, () => ({ wallMs, monotonicMs }));
  const lease = leases.take('job', 0, async () => {
    asked += 1;
    return isGiven;
  });
  const pass = (ms: { wall?: number; monotonic?: number }) => {
    wallMs += ms.wall ?? 0;
    monotonicMs += ms.monotonic ?? 0;
  };
  return { leases, lease, pass, asked: () => asked };
}

describe('a hold on a job', () => {
  it('is believed in while it is fresh, and nobody is asked', async () => {
    const { lease, pass, asked } = createFixture();
    pass({ wall: LOCK_MS - 1, monotonic: LOCK_MS - 1 });
    await lease.confirm();
    expect([asked(), lease.signal.aborted]).toEqual([0, false]);
  });

  it.each([
    ['a frozen process', { wall: LOCK_MS, monotonic: LOCK_MS }],
    ['a machine that slept', { wall: LOCK_MS, monotonic: 5 }],
    ['a clock that was put back', { wall: -LOCK_MS, monotonic: LOCK_MS }],
  ])('is asked for again once it may have run out: %s', async (_, ms) => {
    const { lease, pass, asked } = createFixture();
    pass(ms);
    await lease.confirm();
    await lease.confirm();
    expect([asked(), lease.signal.aborted]).toEqual([1, false]);
  });

  it('is lost where it is not given again, and stays lost', async () => {
    const { lease, pass, asked } = createFixture(false);
    pass({ wall: LOCK_MS, monotonic: LOCK_MS });
    await expect(lease.confirm()).rejects.toBe(LOST);
    await expect(lease.confirm()).rejects.toBe(LOST);
    expect([asked(), lease.signal.aborted]).toEqual([1, true]);
  });

  it('counts from when its renewal was asked for, not from when the answer was heard', async () => {
    const { leases, lease, pass, asked } = createFixture();
    const askedAt = leases.now();
    pass({ wall: LOCK_MS - 1, monotonic: LOCK_MS - 1 });
    leases.renewed(['job', 'another'], askedAt);
    pass({ wall: 1, monotonic: 1 });
    await lease.confirm();
    expect(asked()).toBe(1);
  });

  it('is over at once where others are said to have the job, until it has ended', async () => {
    const { leases, lease } = createFixture();
    leases.lost(['another']);
    expect(lease.signal.aborted).toBe(false);
    leases.lost(['job']);
    await expect(lease.confirm()).rejects.toBe(LOST);
    const ended = leases.take('ended', 0, async () => true);
    leases.end('ended');
    leases.lost(['ended']);
    expect(ended.signal.aborted).toBe(false);
  });
});
