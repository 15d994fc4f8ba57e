import type { Agents } from '../../agents/supervisor/steps.ts';
import type { RunRef } from '../../ports/job-queue.ts';

/** What a worker keeps of a run between its jobs: agents with their connections, and the way to stop all of its jobs. */
export interface WorkRoom {
  readonly ref: RunRef;
  readonly agents: Promise<Agents>;
  readonly controller: AbortController;
}

/** The runs that a worker has jobs of. */
export interface WorkRooms {
  /** Does a job in the room of its run, which is made for the first one. */
  inRoom(ref: RunRef, create: () => Promise<Agents>, work: (room: WorkRoom) => Promise<void>): Promise<void>;
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
    async inRoom(ref, create, work) {
      const name = nameOf(ref);
      const entry = rooms.get(name) ?? {
        room: { ref, agents: create(), controller: new AbortController() },
        jobs: 0,
      };
      entry.room.agents.catch(() => rooms.delete(name));
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
