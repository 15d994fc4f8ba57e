import { changeDead } from '../assessment/fleet/change-dead.ts';
import { loadProcessConfig } from '../config/process-config.ts';
import { clipLine } from '../kernel/clip.ts';
import { RiskError } from '../kernel/risk-error.ts';
import { renderDeadJobs, renderQueueStates } from '../reports/render-queue.ts';
import { type Fleet, openFleet } from '../runtime/open-fleet.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { openStdout } from './output.ts';

/** The options of `eras queue`. */
export interface QueueFlags {
  readonly all?: boolean;
  readonly format: 'table' | 'json';
}

/** What `eras queue` can be asked for. */
export const QUEUE_ACTIONS = ['state', 'dead', 'replay', 'remove'] as const;
export type QueueAction = (typeof QUEUE_ACTIONS)[number];

/** `eras queue`: how the queue stands, and what becomes of jobs that failed for good. */
export async function runQueue(
  action: QueueAction,
  ids: readonly string[],
  { all = false, format }: QueueFlags,
): Promise<ExitCode> {
  const isChange = action === 'replay' || action === 'remove';
  if (isChange && all === ids.length > 0) {
    throw new RiskError({ code: 'BAD_INPUT', message: `eras queue ${action} takes ids of dead jobs, or --all` });
  }
  if (!isChange && (all || ids.length > 0)) {
    throw new RiskError({ code: 'BAD_INPUT', message: `eras queue ${action} takes no ids and no --all` });
  }
  const fleet = await openFleet(loadProcessConfig(), { what: 'eras queue', isAttended: false });
  const { write } = openStdout();
  try {
    if (isChange) return await change(fleet.queue, action, ids, all);
    const isJson = format === 'json';
    if (action === 'state') {
      const states = await fleet.queue.states();
      await write(isJson ? `${JSON.stringify(states, null, 2)}\n` : renderQueueStates(states));
    } else {
      const dead = await fleet.queue.dead();
      await write(isJson ? `${JSON.stringify(dead, null, 2)}\n` : renderDeadJobs(dead));
    }
    return EXIT.done;
  } finally {
    await fleet.close();
  }
}

const LONGEST_SHOWN = 80;

async function change(
  queue: Fleet['queue'],
  action: 'replay' | 'remove',
  ids: readonly string[],
  all: boolean,
): Promise<ExitCode> {
  const { done, late, missing } = await changeDead(queue, action, all ? null : ids);
  const told = `${done} ${done === 1 ? 'job' : 'jobs'} ${action === 'replay' ? 'put back' : 'removed'}`;
  const bad = (message: string) => new RiskError({ code: 'BAD_INPUT', message });
  const [first] = missing;
  if (first !== undefined) {
    const name = clipLine(first, LONGEST_SHOWN);
    throw bad(`there is no dead job "${name}"${done > 0 ? `; ${told}` : ''}; eras queue dead shows them`);
  }
  if (late.length > 0) {
    const one = late.length === 1;
    const gone = `${late.length} ${one ? 'comes' : 'come'} too late: ${one ? 'its assessment has' : 'their assessments have'} gone on without`;
    throw bad(
      `${told}; ${gone}, with gaps and notes; assess again, and eras queue remove forgets ${one ? 'it' : 'them'}`,
    );
  }
  process.stderr.write(`${told}\n`);
  return EXIT.done;
}
