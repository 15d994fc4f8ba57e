import { setFlagsFromString } from 'node:v8';

let isBounded = false;

/** Whether memory comes before speed in this process: a document of hundreds of megabytes was read. */
export const isHeapBounded = (): boolean => isBounded;

/**
 * Has the collector run when the heap has grown by a quarter, and not when it is four times what is in use, as V8 does on a machine with much memory: of a document
 * of 500 MB most of what is read is garbage at once. For the rest of the process and its threads, because what is made of such a document is large, too. No limit:
 * what is in use may be as large as it has to.
 */
export function boundHeap(): void {
  isBounded = true;
  setFlagsFromString('--heap-growing-percent=25');
}
