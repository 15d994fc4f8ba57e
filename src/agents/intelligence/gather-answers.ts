import type { StageName } from '../../domain/assessment/schema.ts';
import type { SourcePlan } from '../../domain/source/source-plan.ts';
import type { RunContext } from '../supervisor/run-context.ts';
import { type Gatherer, isKept } from './gatherer.ts';

/** Asks one source for what the store does not hold yet, and stores what it cannot have again for nothing as it arrives: a killed run asks only for the rest. */
export async function gatherAnswers(run: RunContext, stage: StageName, gatherer: Gatherer): Promise<void> {
  const { assessmentId, store, cveIds } = run;
  const { name } = gatherer;
  const missing = await store.missingAnswers(assessmentId, name, cveIds);
  let done = cveIds.length - missing.length;
  if (missing.length === 0) return;
  const onWait = (milliseconds: number) => run.emit({ type: 'waiting', source: name, milliseconds });
  const onPlan = (plan: SourcePlan) => run.emit({ type: 'plan', plan });
  for await (const batch of gatherer.gather(missing, { signal: run.signal, warn: run.warn, onWait, onPlan })) {
    const kept = batch.filter(isKept);
    await store.saveAnswers(assessmentId, name, kept, { [name]: run.takeHttpCount(name) });
    done += batch.length;
    run.emit({ type: 'progress', stage, source: name, done, total: cveIds.length });
  }
}
