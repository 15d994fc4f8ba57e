import type { AgentEvent } from '../domain/assessment/events.ts';
import type { RunRef } from './job-queue.ts';

/** What is told of a run over machines: what its agents report, and that it has ended, however it did. */
export type RunEvent = AgentEvent | { readonly type: 'run-end' };

/** Events as they were told together, and the place after them. */
export interface ToldEvents {
  /** Who told them: one try of one job. Text that another try tells anew takes the place of the earlier one's. */
  readonly by: string;
  readonly events: readonly RunEvent[];
}

/** Tells what happens in a run; what is told comes in order, but not at once. */
export interface Teller {
  tell(event: RunEvent): void;
  /** Resolves when everything has been told. */
  flush(): Promise<void>;
}

/** How those who work on a run and those who follow it hear of one another. What is told is kept for a day, and not without bounds. */
export interface RunChannel {
  teller(assessmentId: string, by: string): Teller;
  /** What was told after a place (`0`: from the beginning), waiting about a second for something to be told. */
  read(assessmentId: string, after: string): Promise<{ readonly told: readonly ToldEvents[]; readonly next: string }>;
  /** Numbers a new run of an assessment. */
  beginRun(assessmentId: string): Promise<number>;
  /** The run that was begun last; 0 where there was none. */
  latestRun(assessmentId: string): Promise<number>;
  cancel(ref: RunRef): Promise<void>;
  /** Those of some runs that were cancelled, or followed by another one. */
  ended(refs: readonly RunRef[]): Promise<readonly RunRef[]>;
  /** Whether nobody has said this of a run before: what many processes see happen is counted by one. */
  isFirstToSay(ref: RunRef, what: string): Promise<boolean>;
  /** Notes that a tenant has so many jobs of a run on the queue, and returns how many it had before. */
  queueUp(tenant: string, assessmentId: string, jobs: number): Promise<number>;
  /** Takes an assessment's jobs off its tenant's line. */
  leave(tenant: string, assessmentId: string): Promise<void>;
  close(): Promise<void>;
}
