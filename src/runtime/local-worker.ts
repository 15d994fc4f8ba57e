import { once } from 'node:events';
import type { MessagePort } from 'node:worker_threads';
import { localSource } from './local-intelligence.ts';

/** A path to read, and the port that takes what is in it. */
export interface LocalTask {
  readonly path: string;
  readonly port: MessagePort;
}

/**
 * Reads local files of intelligence and sends their pieces, then null: the entry point of the thread that reads while another one saves. For
 * each piece taken the other side answers with a message.
 */
export async function read({ path, port }: LocalTask): Promise<void> {
  try {
    let isTaken: Promise<unknown> = Promise.resolve();
    for await (const piece of localSource.read(path)) {
      // One is saved while the next is read: no thread stands still, and memory stays small.
      await isTaken;
      isTaken = once(port, 'message');
      port.postMessage(piece);
    }
    port.postMessage(null);
  } finally {
    port.close();
  }
}
