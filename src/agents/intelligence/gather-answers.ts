import type { StageName } from '../../domain/assessment/schema.ts';
import type { CveId } from '../../domain/cve/cve-id.ts';
import type { SourcePlan } from '../../domain/source/source-plan.ts';
import type { GatheredAnswer, LookupCounts } from '../../ports/assessment-store.ts';
import type { RunContext } from '../supervisor/run-context.ts';
import { type GatherCall, type Gathered, type Gatherer, isKept } from './gatherer.ts';
import { createRequestCounter } from './request-counter.ts';

/**
 * Asks one source for what the store does not hold yet of some CVEs, and stores what it cannot have again for nothing as it arrives (`keepsAll`: whatever
 * there is): a killed run asks only for the rest.
 */
export async function gatherAnswers(
  run: RunContext,
  stage: StageName,
  gatherer: Gatherer,
  cveIds: readonly CveId[],
  keepsAll: boolean,
): Promise<void> {
  const { assessmentId, store } = run;
  const { name } = gatherer;
  const missing = await store.missingAnswers(assessmentId, name, cveIds);
  let done = cveIds.length - missing.length;
  if (missing.length === 0) return;
  const onWait = (milliseconds: number) => run.emit({ type: 'waiting', source: name, milliseconds });
  const onPlan = (plan: SourcePlan) => run.emit({ type: 'plan', plan });
  const counter = createRequestCounter();
  const looked = { asked: 0, unknown: 0, odd: 0 };
  const onAsked: GatherCall['onAsked'] = (batch) => {
    looked.asked += batch.asked;
    looked.unknown += batch.unknown;
    looked.odd += batch.odd;
  };
  const takeLooked = (): LookupCounts => {
    const { asked, unknown, odd } = looked;
    Object.assign(looked, { asked: 0, unknown: 0, odd: 0 });
    return asked === 0 ? {} : { [`${name} asked`]: asked, [`${name} unknown`]: unknown, [`${name} odd`]: odd };
  };
  const call = {
    signal: run.signal,
    warn: run.warn,
    since: run.startedAt,
    onWait,
    onPlan,
    onAsked,
    onRequest: counter.count,
  };
  for await (const batch of gatherer.gather(missing, call)) {
    const kept = [...batch.filter(isKept), ...(keepsAll ? await recall(gatherer, batch, call) : [])];
    await store.saveAnswers(assessmentId, name, kept, { ...counter.take(), ...takeLooked() });
    done += batch.length;
    run.emit({ type: 'progress', stage, source: name, done, total: cveIds.length });
  }
}

/** The answers that a gatherer has only pointed at. */
async function recall(
  gatherer: Gatherer,
  batch: readonly Gathered[],
  call: GatherCall,
): Promise<readonly GatheredAnswer[]> {
  const atHand = batch.filter((gathered) => !isKept(gathered)).map(({ cveId }) => cveId);
  return atHand.length === 0 ? [] : gatherer.recall(atHand, call);
}
