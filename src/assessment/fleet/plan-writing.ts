import { complexityOf, DEEP_THREATS } from '../../agents/language-model/policy.ts';
import type { RunContext } from '../../agents/supervisor/run-context.ts';
import { type Agents, atOnceOf } from '../../agents/supervisor/steps.ts';
import { JOB_VERSION, type JobCommon, type JobOf } from '../../domain/job/job.ts';
import { chunksOf } from '../../kernel/chunks-of.ts';
import type { AssessOptions } from '../assess-options.ts';

/** The jobs that write what was not written where it was scored: findings in the order of the ranking, cut as one process would cut its calls. */
export async function planWriting(
  run: Pick<RunContext, 'store' | 'assessmentId' | 'isStreaming'>,
  agents: Agents,
  common: JobCommon,
  { batchSize, concurrency }: Pick<AssessOptions, 'batchSize' | 'concurrency'>,
): Promise<JobOf<'write'>[]> {
  const atOnce = atOnceOf(run, agents);
  const writers = (['vulnerability', 'threat'] as const).filter((agent) => atOnce[agent] === null);
  if (writers.length === 0) return [];
  const ids: string[] = [];
  const deep = new Set<string>();
  for await (const finding of run.store.readFindings(run.assessmentId)) {
    ids.push(finding.id);
    if (deep.size < DEEP_THREATS && complexityOf(finding) === 'severe') deep.add(finding.id);
  }
  const lanes = Math.max(1, Math.floor(concurrency / 2));
  const batches = [...chunksOf(ids, Math.max(1, Math.min(batchSize, Math.ceil(ids.length / lanes))))];
  return batches.flatMap((findingIds, batch) =>
    writers.map((agent) => ({
      ...common,
      v: JOB_VERSION,
      kind: 'write' as const,
      agent,
      batch,
      findingIds: [...findingIds],
      deepIds: findingIds.filter((id) => deep.has(id)),
      shares: batches.length,
    })),
  );
}
