import { SOURCE_NAMES } from '../source/lookup.ts';
import type { AssessmentHead } from './schema.ts';

/** Whether an assessment is of nothing that a source could be asked about: that it has no facts says nothing of the sources then. */
export function wasNothingAsked({
  request,
  dataAsOf,
  gaps,
}: Pick<AssessmentHead, 'request' | 'dataAsOf' | 'gaps'>): boolean {
  const isMissed = gaps.some(({ cveId, source }) => cveId !== null && SOURCE_NAMES.some((name) => name === source));
  return (
    request.cveIds.length === 0 && !isMissed && SOURCE_NAMES.every((name) => dataAsOf[name].origin === 'unavailable')
  );
}
