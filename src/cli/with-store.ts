import type { Config } from '../config/config.ts';
import { systemClock } from '../kernel/clock.ts';
import { type OpenStore, openStore } from '../runtime/open-store.ts';

/** Runs work over the open store and closes it; tells where a damaged one went. */
export async function withStore<Value>(
  config: Config,
  work: (store: OpenStore) => Promise<Value>,
  open: typeof openStore = openStore,
): Promise<Value> {
  const store = await open(config, systemClock);
  if (store.setAside !== null) {
    process.stderr.write(`eras: the store was damaged; it is kept as ${store.setAside} and a new one is begun\n`);
  }
  try {
    return await work(store);
  } catch (error) {
    throw store.explain(error);
  } finally {
    await store.close();
  }
}
