/** Runs tasks, some at a time, and yields their results as they arrive. Tasks may append further ones to the list. */
export async function* asTheyArrive<Value>(
  tasks: (() => Promise<Value>)[],
  concurrency: number,
): AsyncGenerator<Value, void> {
  const running = new Map<number, Promise<{ readonly key: number; readonly value: Value }>>();
  for (let key = 0; tasks.length > 0 || running.size > 0; key += 1) {
    const task = running.size < concurrency ? tasks.shift() : undefined;
    if (task === undefined) {
      const done = await Promise.race(running.values());
      running.delete(done.key);
      yield done.value;
      continue;
    }
    const run = task().then((value) => ({ key, value }));
    // When one fails (cancelled), the others fail too with nobody waiting for them any more.
    run.catch(() => undefined);
    running.set(key, run);
  }
}
