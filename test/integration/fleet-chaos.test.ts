import { describe, expect, it } from 'vitest';
import { runChaos } from '../support/chaos.ts';
import { comparable } from '../support/fleet.ts';
import { hasPostgres } from '../support/postgres-server.ts';
import { useHomes } from '../support/run-eras.ts';
import { hasService } from '../support/services.ts';

const hasRedis = hasService('redis-server');
const home = useHomes();
const HOUR_MS = 3_600_000;

/** The bounded form; `npx tsx bench/chaos.ts` is the long one. */
describe.skipIf(!hasRedis || !hasPostgres())('a fleet that is disturbed', () => {
  it('loses nothing, pays for nothing twice but what was in flight at a kill, and ends as if nothing had been', {
    timeout: 180_000,
  }, async () => {
    const result = await runChaos({
      cves: 200,
      batchSize: 5,
      workers: 3,
      killEveryMs: 4000,
      mostKills: 6,
      modelMs: 2500,
      redisPauseMs: 10_000,
      postgresPauseMs: 1000,
      skews: [0, HOUR_MS, -HOUR_MS],
      home,
      say: () => undefined,
    });
    expect(result.code).toBe(0);
    expect(comparable(result.disturbed)).toEqual(comparable(result.undisturbed));
    // A machine that is too busy to be heard of for as long as a lock lasts is a frozen one.
    expect(JSON.stringify(result.paidTwice.filter(({ hadLostJobs }) => !hadLostJobs))).toBe('[]');
    expect(result.dead).toEqual([]);
    expect(result.left).toBe(0);
    expect(result.done.length).toBeGreaterThanOrEqual(2);
  });
});
