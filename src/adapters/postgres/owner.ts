import { randomUUID } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

/** How long a process that holds something may be silent before it counts as gone, by the server's clock. */
export const LEASE = `interval '60 seconds'`;
/** How often a process says that it is still there, milliseconds: often enough that two words may be lost. */
export const HEARTBEAT_MS = 15_000;

/**
 * Where process ids mean the same: the machine since it was started and, on Linux, the namespace of its process ids, because two containers
 * may have one name.
 */
function thisMachine(): string {
  const attempt = (read: () => string) => {
    try {
      return read().trim();
    } catch {
      return '';
    }
  };
  const boot = attempt(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8'));
  const namespace = attempt(() => readlinkSync('/proc/self/ns/pid'));
  return [hostname(), boot, namespace].join('|');
}

/** This process, as rows that it holds name it: machine, process id, and what makes it another one than the process that had the id before. */
export function thisProcess(): string {
  return JSON.stringify([thisMachine(), process.pid, randomUUID()]);
}

/** The workers of a fleet, none of which holds an assessment for itself. */
export const FLEET = '(fleet)';

/** Whether a process of this machine is known to be gone. Of other machines nobody knows: they live while they write. */
export function isKnownGone(owner: string): boolean {
  const [machine, pid] = parse(owner);
  if (machine !== thisMachine() || !Number.isInteger(pid)) return false;
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ESRCH';
  }
}

function parse(owner: string): readonly unknown[] {
  try {
    const parts: unknown = JSON.parse(owner);
    return Array.isArray(parts) ? parts : [];
  } catch {
    return [];
  }
}
