import type { PastRun, PastRuns } from '../../assessment/past-runs.ts';
import type { TruthStore } from '../store-parts.ts';

/** As many as tell what is usual here. */
const MOST_RUNS = 20;

/** What the newest finished assessments and the ledger tell. */
export async function readPastRuns({
  assessments,
  ledger,
}: Pick<TruthStore, 'assessments' | 'ledger'>): Promise<PastRuns> {
  const done = (await assessments.listAssessments()).filter(({ status }) => status === 'done').slice(0, MOST_RUNS);
  const runs: PastRun[] = [];
  for (const { id } of done) {
    const head = (await assessments.findAssessment(id))?.head;
    if (head !== null && head !== undefined) runs.push(head);
  }
  return { runs, spent: await ledger.sumUp('model') };
}
