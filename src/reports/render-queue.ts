import type { DeadJob, QueueState } from '../ports/job-queue.ts';
import { plainText } from './words.ts';

const COLUMNS = ['waiting', 'active', 'delayed', 'blocked', 'dead', 'workers'] as const;
const WIDTH = 9;

/** Queues as lines of a terminal. */
export function renderQueueStates(states: readonly QueueState[]): string {
  const header = `${'kind'.padEnd(WIDTH)}${COLUMNS.map((name) => name.padStart(WIDTH)).join('')}`;
  const lines = states.map(
    (state) => `${state.kind.padEnd(WIDTH)}${COLUMNS.map((name) => String(state[name]).padStart(WIDTH)).join('')}`,
  );
  return `${[header, ...lines].join('\n')}\n`;
}

/** Room for a reason, so that a job is two lines of a terminal at most. */
const LONGEST_REASON = 150;

/** Jobs that failed for good, two lines each. */
export function renderDeadJobs(jobs: readonly DeadJob[]): string {
  if (jobs.length === 0) return 'No dead jobs.\n';
  return jobs
    .map(({ id, failedAt, attempts, reason }) => {
      const when = failedAt === null ? '' : `  ${failedAt.slice(0, 16).replace('T', ' ')}`;
      return `${plainText(id, 100)}${when}  ${attempts} ${attempts === 1 ? 'try' : 'tries'}\n  ${plainText(reason, LONGEST_REASON)}\n`;
    })
    .join('');
}
