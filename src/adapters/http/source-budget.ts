// Two failures happen to a healthy source; from the third in a row on, waiting for its rate limit counts too.
const KEEPS_FAILING_AFTER = 3;

/**
 * The time that one run spends on one source while it fails. The clock starts with the start of the first failing
 * request and a success sets it back. Waiting for the source's rate limit does not count, unless the source has failed
 * several times in a row: slots that come free every half minute would stretch the end of a dead source to hours.
 */
export interface SourceBudget {
  /** Milliseconds left; the whole budget while nothing fails. */
  remainingMs(): number;
  /** Aborts once the budget is spent; then for good. */
  readonly spent: AbortSignal;
  /** Why the source failed last. */
  readonly lastReason: string | null;
  /** Brackets what counts against a failing source: requests in flight and waits between retries. */
  begin(): void;
  end(): void;
  succeeded(): void;
  failed(startedAt: number, reason: string): void;
  /** Sets the clock back to what was left at a moment since which the source has been at work; not once it keeps failing. */
  restore(remainingMs: number): void;
}

/** The budget of one run on one source. `now` is monotonic, in milliseconds. */
export function createSourceBudget(limitMs: number, now: () => number): SourceBudget {
  const spentController = new AbortController();
  let failures = 0;
  let active = 0;
  let spentMs = 0;
  let settledAt = now();
  let lastSuccessAt = Number.NEGATIVE_INFINITY;
  let lastReason: string | null = null;
  let timer: NodeJS.Timeout | undefined;

  const runs = () => failures > 0 && (active > 0 || failures >= KEEPS_FAILING_AFTER);

  /** Brings the clock up to date before a change, and sets the alarm after it. */
  function settle(change: () => void): void {
    if (runs()) spentMs += now() - settledAt;
    settledAt = now();
    change();
    clearTimeout(timer);
    if (!runs() || spentController.signal.aborted) return;
    if (spentMs >= limitMs) spentController.abort();
    // Whatever waits for the alarm keeps the process alive by itself.
    else timer = setTimeout(() => spentController.abort(), limitMs - spentMs).unref();
  }

  return {
    spent: spentController.signal,
    get lastReason() {
      return lastReason;
    },
    remainingMs() {
      if (spentController.signal.aborted) return 0;
      return Math.max(0, limitMs - spentMs - (runs() ? now() - settledAt : 0));
    },
    begin: () =>
      settle(() => {
        active += 1;
      }),
    end: () =>
      settle(() => {
        active -= 1;
      }),
    succeeded: () =>
      settle(() => {
        failures = 0;
        spentMs = 0;
        lastSuccessAt = now();
      }),
    failed: (startedAt, reason) =>
      settle(() => {
        failures += 1;
        lastReason = reason;
        spentMs = Math.max(spentMs, now() - Math.max(startedAt, lastSuccessAt));
      }),
    restore: (remainingMs) =>
      settle(() => {
        if (failures < KEEPS_FAILING_AFTER) spentMs = Math.min(spentMs, limitMs - remainingMs);
      }),
  };
}
