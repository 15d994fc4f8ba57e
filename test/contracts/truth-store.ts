import type { TruthArchive } from '../../src/ports/truth-archive.ts';
import type { TruthStore } from '../../src/runtime/store-parts.ts';

/** A store that the suites of this folder may write into; each of their tests has one of its own. */
export interface OpenedTruth {
  readonly store: TruthStore;
  /** The same as a whole. */
  readonly archive: TruthArchive;
  /** The same store as another process sees it. */
  reopen(): Promise<TruthStore>;
  close(): Promise<void>;
}

/** Opens an empty store. */
export type OpenTruth = () => Promise<OpenedTruth>;

/** Runs a test over an empty store. */
export async function withTruth<Value>(open: OpenTruth, work: (opened: OpenedTruth) => Promise<Value>): Promise<Value> {
  const opened = await open();
  try {
    return await work(opened);
  } finally {
    await opened.close();
  }
}

/** All that comes. */
export async function collect<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const all: Item[] = [];
  for await (const item of items) all.push(item);
  return all;
}
