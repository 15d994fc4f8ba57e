import type { Redis } from 'ioredis';
import { type Clock, systemClock } from '../../kernel/clock.ts';

/** The time as the server has it: what machines whose own clocks differ write down then bears on one time. */
export interface ServerClock extends Clock {
  /** A moment of this machine's clock, by the server's. */
  correct(moment: Date): Date;
  /** Asks the server what time it is. Rejects where it does not say. */
  set(): Promise<void>;
}

/** An answer that took longer says too little of when it was given; milliseconds. */
const LONGEST_TRIP_MS = 1000;

/** Creates a clock that goes by this machine's until it is set. */
export function createServerClock(redis: Pick<Redis, 'time'>, own: Clock = systemClock): ServerClock {
  let aheadMs = 0;
  const correct = (moment: Date) => new Date(moment.getTime() - aheadMs);
  return {
    now: () => correct(own.now()),
    correct,
    async set() {
      const askedAt = own.now().getTime();
      const [seconds, micros] = await redis.time();
      const trip = own.now().getTime() - askedAt;
      if (trip < 0 || trip > LONGEST_TRIP_MS) return;
      aheadMs = Math.round(askedAt + trip / 2 - (Number(seconds) * 1000 + Number(micros) / 1000));
    },
  };
}
