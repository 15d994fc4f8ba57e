import { on } from 'node:events';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { MessageChannel } from 'node:worker_threads';
import type { LocalIntelligence, LocalSource } from '../ports/local-source.ts';
import { localSource } from './local-intelligence.ts';

/** Beside the bundle; where the sources run as they are there is none, and the work is done here. */
const ENTRY = fileURLToPath(new URL('./local-worker.js', import.meta.url));
/** A page of NVD outlives a small young generation, and copying it about takes longer than reading it. */
const YOUNG_MB = 32;

/** Reads local files of intelligence in a thread of their own: unpacking and parsing takes longer than saving, and goes on beside it. */
export const threadedLocalSource: LocalSource = {
  // A table is one piece: there is nothing to save while it is read.
  read: (path) => (existsSync(ENTRY) && !/\.csv(?:\.gz)?$/i.test(path) ? readInThread(path) : localSource.read(path)),
};

async function* readInThread(path: string): AsyncGenerator<LocalIntelligence> {
  const { Piscina } = await import('piscina');
  const pool = new Piscina({
    filename: ENTRY,
    minThreads: 1,
    maxThreads: 1,
    resourceLimits: { maxOldGenerationSizeMb: 1024, maxYoungGenerationSizeMb: YOUNG_MB },
  });
  const { port1: ours, port2: theirs } = new MessageChannel();
  const failed = new AbortController();
  pool.run({ path, port: theirs }, { name: 'read', transferList: [theirs] }).catch((error) => failed.abort(error));
  try {
    for await (const [piece] of on(ours, 'message', { signal: failed.signal })) {
      if (piece === null) return;
      yield piece;
      ours.postMessage('taken');
    }
  } catch (error) {
    throw failed.signal.aborted ? failed.signal.reason : error;
  } finally {
    ours.close();
    await pool.destroy();
  }
}
