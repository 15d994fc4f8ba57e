import type { JobKind } from '../../domain/job/job.ts';
import type { JobQueue, Replay } from '../../ports/job-queue.ts';

/** What came of changing dead jobs: how many were, and the ids of those that were not. */
export interface ChangedDead {
  readonly done: number;
  /** Whose assessments have gone on without them. */
  readonly late: readonly string[];
  /** Of which there is no dead job. */
  readonly missing: readonly string[];
}

/** Those that end a run take the ones before them along. */
const TURN = { score: 0, report: 0, gather: 1, write: 1 } as const satisfies Record<JobKind, number>;

/** Puts dead jobs back, or forgets them: those of the ids, or all (null). */
export async function changeDead(
  queue: Pick<JobQueue, 'dead' | 'replay' | 'remove'>,
  action: 'replay' | 'remove',
  ids: readonly string[] | null,
): Promise<ChangedDead> {
  const chosen =
    ids ?? (await queue.dead()).sort((one, other) => TURN[one.kind] - TURN[other.kind]).map(({ id }) => id);
  const change =
    action === 'replay'
      ? queue.replay
      : async (id: string): Promise<Replay> =>
          (await queue.remove(id)) ? { kind: 'replayed', ids: [id] } : { kind: 'unknown' };
  const done = new Set<string>();
  const [late, missing]: [string[], string[]] = [[], []];
  for (const id of chosen) {
    if (done.has(id)) continue;
    const result = await change(id);
    if (result.kind === 'replayed') for (const one of result.ids) done.add(one);
    else if (result.kind === 'too_late') late.push(id);
    else missing.push(id);
  }
  // Of all, one that is gone meanwhile is nobody's mistake.
  return { done: done.size, late, missing: ids === null ? [] : missing };
}
