import type { Job, JobCommon, JobKind } from '../domain/job/job.ts';

/** How a queue stands: numbers of jobs. `blocked` ones wait for others. */
export interface QueueState {
  readonly kind: JobKind;
  readonly waiting: number;
  readonly active: number;
  readonly delayed: number;
  readonly blocked: number;
  readonly dead: number;
  /** Workers that take jobs of the kind. */
  readonly workers: number;
}

/** A job that failed for good. */
export interface DeadJob {
  readonly id: string;
  readonly kind: JobKind;
  /** Null where the job cannot be read. */
  readonly assessmentId: string | null;
  readonly reason: string;
  readonly attempts: number;
  /** ISO 8601. */
  readonly failedAt: string | null;
}

/** Whether a job is still to be done (`live`), failed for good, or is not there: done, removed or lost. */
export type JobStanding =
  | { readonly kind: 'live' }
  | { readonly kind: 'dead'; readonly reason: string }
  | { readonly kind: 'absent' };

/** What came of putting a dead job back: which ones were; `too_late`: its assessment has gone on without it; `unknown`: no dead job has that id. */
export type Replay =
  | { readonly kind: 'replayed'; readonly ids: readonly string[] }
  | { readonly kind: 'too_late' | 'unknown' };

/** Names one run of an assessment. */
export type RunRef = Pick<JobCommon, 'assessmentId' | 'run'>;

/** The queues of a fleet, as seen by those who hand in work and look after it. Waits while the queue's server is away. */
export interface JobQueue {
  /** @throws RiskError `QUEUE_FAILED` where the queue's server cannot be reached now. */
  ready(): Promise<void>;
  /** Adds jobs and the one that follows when all of them have ended, however they end. What is there already is not added again. */
  addTree(last: Job, first: readonly Job[]): Promise<void>;
  standing(job: Job): Promise<JobStanding>;
  states(): Promise<QueueState[]>;
  dead(): Promise<DeadJob[]>;
  /** Puts a dead job back, and with one that ends a run the dead ones that come before it. */
  replay(id: string): Promise<Replay>;
  /** Removes a dead job; false where there is none of that id. */
  remove(id: string): Promise<boolean>;
  /** Removes what of a run nobody works on. */
  withdraw(last: Job): Promise<void>;
  close(): Promise<void>;
}

/** A worker's hold on a job: it runs out where the worker is silent for too long, and somebody else gets the job then. */
export interface Lease {
  /** Aborts once it is known that somebody else has the job, or will. */
  readonly signal: AbortSignal;
  /**
   * Makes sure of the hold, before what cannot be taken back: at once while it is fresh, otherwise the queue is asked, for as long as it takes.
   * @throws the signal's reason where the job is lost
   */
  confirm(): Promise<void>;
}

/** A job as a worker gets it. */
export interface TakenJob {
  readonly id: string;
  readonly data: unknown;
  /** Counts from 1; a job that was taken over from a dead worker has one more. */
  readonly attempt: number;
  /** Whether there is no further try after this one. */
  readonly isLast: boolean;
  readonly lease: Lease;
  /** The jobs before it that failed for good: id and reason. */
  failedBefore(): Promise<ReadonlyMap<string, string>>;
}

/** What came of a job. `later`: it is put back, for others or for another time; `hopeless`: it failed, and would again. */
export type JobOutcome =
  | { readonly kind: 'done' }
  | { readonly kind: 'later'; readonly delayMs: number }
  | { readonly kind: 'hopeless'; readonly reason: string };

/** What a worker does with jobs: throws where the job failed and may be tried again. */
export type HandleJob = (job: TakenJob) => Promise<JobOutcome>;

/** A process' share in the work of a fleet. */
export interface JobWorkers {
  /** Takes no further jobs, and resolves when those at hand have ended. */
  drain(): Promise<void>;
  close(): Promise<void>;
}

/** Where workers tell of jobs: what went well, what is tried again, and what failed for good. */
export type JobLog = Readonly<
  Record<'info' | 'warn' | 'error', (message: string, fields: Readonly<Record<string, unknown>>) => void>
>;
