import { describe, expect, it } from 'vitest';
import { createServerClock } from './server-clock.ts';

const AT = new Date('2026-03-01T12:00:00Z');
const HOUR_MS = 3_600_000;

/** A server whose clock is so far behind this machine's, and that takes so long to say so. */
function serverBehind(byMs: number, tripMs: number) {
  let now = AT.getTime();
  const own = { now: () => new Date(now) };
  const time = async (): Promise<[seconds: number, micros: number]> => {
    const at = now + tripMs / 2 - byMs;
    now += tripMs;
    return [Math.floor(at / 1000), (at % 1000) * 1000];
  };
  return createServerClock({ time } as unknown as Parameters<typeof createServerClock>[0], own);
}

describe('the clock of a server', () => {
  it('goes by the own clock until it is set', () => {
    expect(serverBehind(HOUR_MS, 0).now()).toEqual(AT);
  });

  it.each([HOUR_MS, -HOUR_MS, 7])('is %i ms behind where the server is', async (byMs) => {
    const clock = serverBehind(byMs, 20);
    await clock.set();
    expect([clock.now().getTime(), clock.correct(AT).getTime()]).toEqual([
      AT.getTime() + 20 - byMs,
      AT.getTime() - byMs,
    ]);
  });

  it('does not go by an answer that was long under way', async () => {
    const clock = serverBehind(HOUR_MS, 5000);
    await clock.set();
    expect(clock.now().getTime()).toBe(AT.getTime() + 5000);
  });
});
