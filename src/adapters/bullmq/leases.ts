import { orAborted } from '../../kernel/or-aborted.ts';
import type { Lease } from '../../ports/job-queue.ts';

/** The holds of a worker on its jobs, each named by the job's id and the token of its lock. */
export interface Leases {
  /** A hold that began `ageMs` ago. `renew` asks the queue for it again, and tells whether it was given. */
  take(name: string, ageMs: number, renew: () => Promise<boolean>): Lease;
  /** Holds that were renewed by what was asked at `askedAt`, or not: others have those jobs. */
  renewed(names: readonly string[], askedAt: Moment): void;
  lost(names: readonly string[]): void;
  /** The job has ended. */
  end(name: string): void;
  /** Now. */
  now(): Moment;
}

/** A moment by both clocks: the one that only goes forward stands still while a machine sleeps, the other one may be set. */
export interface Moment {
  readonly wallMs: number;
  readonly monotonicMs: number;
}

/** Why a job is not gone on with: its worker was silent for so long that others have it. */
export const LOST = new Error('the worker was silent for too long, and the job was given to another one');

const NOW = (): Moment => ({ wallMs: Date.now(), monotonicMs: performance.now() });

/** Creates no holds yet. `lockMs`: how long one lasts that is not renewed, milliseconds. */
export function createLeases(lockMs: number, now: () => Moment = NOW): Leases {
  const held = new Map<string, { since: Moment; readonly controller: AbortController }>();

  /** Whichever clock says that it was longer: to ask once too often costs a round trip. */
  function isFresh(since: Moment): boolean {
    const { wallMs, monotonicMs } = now();
    return Math.max(wallMs - since.wallMs, monotonicMs - since.monotonicMs) < lockMs;
  }

  return {
    now,
    take(name, ageMs, renew) {
      const { wallMs, monotonicMs } = now();
      const entry = {
        since: { wallMs: wallMs - ageMs, monotonicMs: monotonicMs - ageMs },
        controller: new AbortController(),
      };
      held.set(name, entry);
      const { signal } = entry.controller;
      return {
        signal,
        async confirm() {
          signal.throwIfAborted();
          if (isFresh(entry.since)) return;
          const askedAt = now();
          if (await orAborted(renew(), signal)) entry.since = askedAt;
          else entry.controller.abort(LOST);
          signal.throwIfAborted();
        },
      };
    },
    renewed(names, askedAt) {
      for (const name of names) {
        const entry = held.get(name);
        if (entry !== undefined) entry.since = askedAt;
      }
    },
    lost(names) {
      for (const name of names) held.get(name)?.controller.abort(LOST);
    },
    end: (name) => void held.delete(name),
  };
}
