import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe } from 'vitest';
import { systemClock } from '../../src/kernel/clock.ts';
import { openStoreFile } from '../../src/runtime/open-store.ts';
import { truthStoreContracts } from './truth-stores.ts';

describe('the embedded store', () => {
  truthStoreContracts(async () => {
    const folder = mkdtempSync(join(tmpdir(), 'eras-truth-'));
    const opened = [openStoreFile(join(folder, 'eras.db'), systemClock)];
    const [store] = opened;
    if (store === undefined) throw new Error('it is not open');
    return {
      store,
      async reopen() {
        const other = openStoreFile(join(folder, 'eras.db'), systemClock);
        opened.push(other);
        return other;
      },
      async close() {
        for (const one of opened) await one.close();
        rmSync(folder, { recursive: true, force: true });
      },
    };
  });
});
