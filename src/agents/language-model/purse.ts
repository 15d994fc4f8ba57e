/** The money of one assessment. Every call reserves the most that it can cost, so that calls in flight together cannot overshoot. USD. */
export interface Purse {
  /** Reserves; false where it does not fit any more. An unknown price fits only where there is no cap. */
  reserve(mostUsd: number | null): boolean;
  /** Gives a reservation back and takes what the call cost. */
  settle(mostUsd: number | null, costUsd: number | null): void;
}

/** A purse with a cap (null: none), of which some may have been spent before. */
export function createPurse(capUsd: number | null, spentUsd: number): Purse {
  let spent = spentUsd;
  let reserved = 0;
  return {
    reserve(mostUsd) {
      const fits = capUsd === null || (mostUsd !== null && spent + reserved + mostUsd <= capUsd);
      if (fits) reserved += mostUsd ?? 0;
      return fits;
    },
    settle(mostUsd, costUsd) {
      reserved -= mostUsd ?? 0;
      spent += costUsd ?? 0;
    },
  };
}
