import type { Agents } from '../../agents/supervisor/steps.ts';
import type { StoredAssessment } from '../../ports/assessment-store.ts';
import type { RunRef } from '../../ports/job-queue.ts';

/** What a worker keeps of a run between its jobs: agents with their connections, and the way to stop all of its jobs. */
export interface WorkRoom {
  readonly ref: RunRef;
  /** As it was when the room was made: what was asked for does not change, and may be long. */
  readonly stored: StoredAssessment;
  readonly otherIds: Promise<readonly string[]>;
  readonly agents: Promise<Agents>;
  readonly controller: AbortController;
}

/** The runs that a worker has jobs of. */
export interface WorkRooms {
  /** What is known of the assessment of a run; null where there is no room of it. */
  storedOf(ref: RunRef): StoredAssessment | null;
  /** Does a job in the room of its run, which is made for the first one. */
  inRoom(
    ref: RunRef,
    furnish: () => Pick<WorkRoom, 'stored' | 'otherIds' | 'agents'>,
    work: (room: WorkRoom) => Promise<void>,
  ): Promise<void>;
  /** Runs with jobs under way. */
  busy(): readonly RunRef[];
  /** Stops the jobs of a run. */
  stop(ref: RunRef, reason: Error): void;
  stopAll(reason: Error): void;
}

/** Runs of which nothing is under way stay known, the latest so many: their next job may come at any moment. */
const MOST_IDLE = 8;

const nameOf = ({ assessmentId, run }: RunRef) => `${assessmentId}.${run}`;

/** Creates no rooms yet. */
export function createWorkRooms(): WorkRooms {
  const rooms = new Map<string, { room: WorkRoom; jobs: number }>();

  function forgetIdle(): void {
    const idle = [...rooms].filter(([, { jobs }]) => jobs === 0);
    for (const [name] of idle.slice(0, Math.max(0, idle.length - MOST_IDLE))) rooms.delete(name);
  }

  function stop(name: string, reason: Error): void {
    rooms.get(name)?.room.controller.abort(reason);
    // Whoever comes later finds a new one.
    rooms.delete(name);
  }

  return {
    storedOf: (ref) => rooms.get(nameOf(ref))?.room.stored ?? null,
    async inRoom(ref, furnish, work) {
      const name = nameOf(ref);
      const entry = rooms.get(name) ?? {
        room: { ref, ...furnish(), controller: new AbortController() },
        jobs: 0,
      };
      for (const part of [entry.room.agents, entry.room.otherIds]) part.catch(() => rooms.delete(name));
      // The latest last.
      rooms.delete(name);
      rooms.set(name, entry);
      entry.jobs += 1;
      try {
        await work(entry.room);
      } finally {
        entry.jobs -= 1;
        forgetIdle();
      }
    },
    busy: () => [...rooms.values()].filter(({ jobs }) => jobs > 0).map(({ room }) => room.ref),
    stop: (ref, reason) => stop(nameOf(ref), reason),
    stopAll(reason) {
      for (const name of [...rooms.keys()]) stop(name, reason);
    },
  };
}
