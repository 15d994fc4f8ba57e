import type { Query } from './query.ts';

/** Whether an assessment is done, and keeps it from being finished until the transaction ends: what comes for a finished one is dropped. */
export async function isDone(query: Query, id: string): Promise<boolean> {
  const [row] = await query<{ is_done: boolean }>(
    'SELECT head IS NOT NULL AS is_done FROM eras.assessments WHERE id = $1 FOR SHARE',
    [id],
  );
  return row?.is_done === true;
}
