import { describe, expect, it } from 'vitest';
import { runChaos } from '../support/chaos.ts';
import { comparable } from '../support/fleet.ts';
import { useHomes } from '../support/run-eras.ts';
import { hasService } from '../support/services.ts';

const hasRedis = hasService('redis-server');
const home = useHomes();

/** The bounded form; `npx tsx bench/chaos.ts` is the long one. */
describe.skipIf(!hasRedis)('a fleet that is disturbed', () => {
  it('loses nothing, pays for nothing twice but what was in flight at a kill, and ends as if nothing had been', {
    timeout: 240_000,
  }, async () => {
    const result = await runChaos({
      cves: 150,
      batchSize: 10,
      workers: 3,
      killEveryMs: 3000,
      mostKills: 4,
      modelMs: 1500,
      redisPauseMs: 10_000,
      home,
      say: () => undefined,
    });
    expect(result.code).toBe(0);
    expect(comparable(result.disturbed)).toEqual(comparable(result.undisturbed));
    expect(result.repeated).toBeLessThanOrEqual(result.cutShort + SLEPT_OVER);
    expect(result.dead).toEqual(['poison']);
    expect(result.left).toBe(0);
  });
});

/** Calls that the sleeper had in flight: it was told their end when it woke. */
const SLEPT_OVER = 8;
