import type { AssessmentHead } from '../domain/assessment/schema.ts';
import { RiskError } from '../kernel/risk-error.ts';
import type { AssessmentStore, StoredAssessment } from '../ports/assessment-store.ts';
import { type AssessOptions, fromOptions } from './assess-options.ts';
import type { AssessCall, RunContextParts } from './create-run-context.ts';
import type { Scope } from './scope.ts';

/** What a new assessment is made of; intake began at `startedAt`. */
export interface NewAssessment {
  readonly targets: readonly string[];
  readonly scope: Scope;
  readonly options: AssessOptions;
  readonly startedAt: Date;
}

/** What storing a new assessment depends on. */
export interface StoringParts extends Pick<RunContextParts, 'store' | 'clock'> {
  readonly newId: () => string;
}

/** Stores a new assessment with what intake found, and returns its id. `isFleet`: workers do the rest. */
export async function storeAssessment(
  { store, clock, newId }: StoringParts,
  { targets, scope, options, startedAt }: NewAssessment,
  { emit }: Pick<AssessCall, 'emit'>,
  isFleet: boolean,
): Promise<string> {
  const id = newId();
  const request: AssessmentHead['request'] = {
    targets: [...targets],
    cveIds: [...scope.cveIds],
    options: fromOptions(options),
  };
  const { subjects, http, cache, lookedAt, notLookedUp = [] } = scope;
  const createdAt = startedAt.toISOString();
  const intakeGaps = [...scope.gaps];
  await store.createAssessment({ id, createdAt, request, intakeGaps, lookedAt, notLookedUp, subjects, http, isFleet });
  await store.addCacheCounts(id, cache);
  emit({ type: 'assessment-start', id });
  for (const warning of scope.warnings) {
    await store.saveWarning(id, warning);
    emit({ type: 'warning', message: warning });
  }
  await store.saveStage(id, { name: 'intake', startMs: 0, endMs: clock.now().getTime() - startedAt.getTime() });
  return id;
}

/** The stored assessment of an id. @throws RiskError `BAD_INPUT` for an unknown one */
export async function getAssessment(store: AssessmentStore, id: string): Promise<StoredAssessment> {
  const stored = await store.findAssessment(id);
  if (stored === null) throw unknownAssessment(id);
  return stored;
}

/** The error for an id that names no assessment. */
export function unknownAssessment(id: string): RiskError {
  return new RiskError({
    code: 'BAD_INPUT',
    message: `there is no assessment "${id.slice(0, 40)}"; eras list shows them`,
  });
}

/** The error for an assessment that is under way elsewhere. */
export function busyAssessment(id: string): RiskError {
  return new RiskError({ code: 'BAD_INPUT', message: `the assessment ${id} is being worked on by another process` });
}
