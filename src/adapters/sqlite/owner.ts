import { hostname } from 'node:os';

/** This process, as rows that it holds name it. */
export const OWNER = `${hostname()}:${process.pid}`;

/** The workers of a fleet, none of which holds an assessment for itself. No machine is called that: it is no host name. */
export const FLEET = '(fleet):0';

/** Another machine's processes cannot be seen from here (a container's host name changes with each run): they live while they write. */
const SILENT_AFTER_MS = 5 * 60_000;

/** Whether the process that holds a row still runs; `touchedAt` is when it last wrote, milliseconds since 1970. */
export function isOwnerAlive(owner: string, touchedAt: number): boolean {
  // What waits on a queue is touched by nobody, however long that takes; the queue tells whether it is still there.
  if (owner === FLEET) return true;
  const separator = owner.lastIndexOf(':');
  if (owner.slice(0, separator) !== hostname()) return Date.now() - touchedAt < SILENT_AFTER_MS;
  try {
    process.kill(Number(owner.slice(separator + 1)), 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
