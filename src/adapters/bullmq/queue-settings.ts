import type { JobsOptions } from 'bullmq';
import { type Job, jobIdOf, priorityOf } from '../../domain/job/job.ts';

/** Before every key; the braces keep all of them on one node of a cluster, where scripts need them. */
export const PREFIX = '{eras}';

/** Tries of a job in all, and the first wait between them, milliseconds; each further wait is twice as long. */
const ATTEMPTS = 4;
const BACKOFF_MS = 500;
/** Dead jobs are kept for a week, seconds. */
const DEAD_KEPT_S = 7 * 86_400;

/**
 * How long a job belongs to a worker that says nothing, how often a living one speaks, and how often it is looked whether a worker is silent.
 * Renewed every 2 s, a lock of 12 s outlives a server that stands still for 10 s; a dead worker's job is taken over 14 s later at the most.
 */
export const LOCK_MS = 12_000;
export const RENEW_MS = 2_000;
export const LOOK_MS = 2_000;
/** A job whose workers died so often has killed them. */
export const MOST_STALLS = 4;

/** How a job is handed in. `isChild`: another one waits for it, which goes on where this one fails for good. */
export function optionsOf(job: Job, isChild: boolean): JobsOptions {
  return {
    jobId: jobIdOf(job),
    priority: priorityOf(job),
    attempts: ATTEMPTS,
    backoff: { type: 'exponential', delay: BACKOFF_MS, jitter: 0.5 },
    removeOnComplete: true,
    removeOnFail: { age: DEAD_KEPT_S },
    stackTraceLimit: 0,
    ...(isChild ? { ignoreDependencyOnFailure: true } : {}),
  };
}
