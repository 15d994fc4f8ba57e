import PQueue from 'p-queue';

/** Where calls to one model run side by side: fewer where the provider says that they are too many, and more again where it does not. */
export interface Lanes {
  /** Runs some work in a lane, once one is free; `isTooMany` tells of its outcome whether the provider was asked too much at once. */
  run<Value>(work: () => Promise<Value>, isTooMany: (value: Value) => boolean, signal: AbortSignal): Promise<Value>;
}

/** Creates lanes, so many at the most. */
export function createLanes(most: number): Lanes {
  const queue = new PQueue({ concurrency: most });
  let narrowedAt = Number.NEGATIVE_INFINITY;

  /** Calls that were under way when the lanes were narrowed say nothing new. */
  function learn(isTooMany: boolean, startedAt: number): void {
    if (!isTooMany) queue.concurrency = Math.min(most, queue.concurrency + 1);
    else if (startedAt > narrowedAt) {
      queue.concurrency = Math.max(1, Math.floor(queue.concurrency / 2));
      narrowedAt = performance.now();
    }
  }

  return {
    run: (work, isTooMany, signal) =>
      queue.add(
        async () => {
          const startedAt = performance.now();
          const value = await work();
          learn(isTooMany(value), startedAt);
          return value;
        },
        { signal },
      ),
  };
}
