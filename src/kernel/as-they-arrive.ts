import pLimit from 'p-limit';

/**
 * Runs tasks, some at a time, and yields their items as they arrive; what arrives while the consumer is busy comes in one piece, so
 * that a slow consumer has fewer pieces to handle. Tasks may append further ones to the list. Ends with the first that
 * fails, and starts no further one once nobody listens.
 */
export async function* asTheyArrive<Item>(
  tasks: (() => Promise<readonly Item[]>)[],
  concurrency: number,
): AsyncGenerator<readonly Item[], void> {
  const limit = pLimit(concurrency);
  const arrived: Promise<readonly Item[]>[] = [];
  let running = 0;
  let wake: () => void = () => undefined;

  function start(task: () => Promise<readonly Item[]>): void {
    running += 1;
    const run = limit(task);
    const arrive = () => {
      arrived.push(run);
      wake();
    };
    run.then(arrive, arrive);
  }

  try {
    for (;;) {
      for (const task of tasks.splice(0)) start(task);
      if (arrived.length > 0) {
        running -= arrived.length;
        yield (await Promise.all(arrived.splice(0))).flat();
      } else if (running > 0) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
        // What came in at the same time is a few steps from being ready too: one turn of the event loop lets it join.
        await new Promise((resolve) => setImmediate(resolve));
      } else return;
    }
  } finally {
    limit.clearQueue();
  }
}
