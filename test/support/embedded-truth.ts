import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../src/kernel/clock.ts';
import { openArchive } from '../../src/runtime/open-archive.ts';
import { type OpenStore, openStoreFile } from '../../src/runtime/open-store.ts';
import type { OpenedTruth } from '../contracts/truth-store.ts';

/** An empty embedded store, gone when it is closed. */
export async function openEmbeddedTruth(): Promise<OpenedTruth & { readonly store: OpenStore }> {
  const folder = mkdtempSync(join(tmpdir(), 'eras-truth-'));
  const path = join(folder, 'eras.db');
  const store = openStoreFile(path, systemClock);
  const opened = [store];
  return {
    store,
    archive: openArchive(store),
    async reopen() {
      const other = openStoreFile(path, systemClock);
      opened.push(other);
      return other;
    },
    async close() {
      for (const one of opened) await one.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
