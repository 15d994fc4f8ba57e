/** The money of one assessment. Every call reserves the most that it can cost, so that calls in flight together cannot overshoot. USD. */
export interface Purse {
  /**
   * Reserves, once it fits: what does not fit beside the calls in flight waits for them. False where it would not fit without them
   * either. An unknown price fits only where there is no cap.
   */
  reserve(mostUsd: number | null): Promise<boolean>;
  /** Gives a reservation back and takes what the call cost. */
  settle(mostUsd: number | null, costUsd: number | null): void;
}

/** A purse with a cap (null: none), of which some may have been spent before. */
export function createPurse(capUsd: number | null, spentUsd: number): Purse {
  let spent = spentUsd;
  let reserved = 0;
  let inFlight = 0;
  let waiting: (() => void)[] = [];

  function fits(mostUsd: number | null): boolean {
    return capUsd === null || (mostUsd !== null && spent + reserved + mostUsd <= capUsd);
  }

  return {
    async reserve(mostUsd) {
      while (!fits(mostUsd)) {
        if (inFlight === 0 || mostUsd === null) return false;
        await new Promise<void>((resolve) => waiting.push(resolve));
      }
      inFlight += 1;
      reserved += mostUsd ?? 0;
      return true;
    },
    settle(mostUsd, costUsd) {
      inFlight -= 1;
      reserved -= mostUsd ?? 0;
      spent += costUsd ?? 0;
      const woken = waiting;
      waiting = [];
      for (const wake of woken) wake();
    },
  };
}
