import { type FindingState, toFindingState } from '../domain/assessment/finding-state.ts';
import type { OpenStore } from '../runtime/open-store.ts';

/** The findings of a stored assessment as a diff compares them, by their ids. */
export async function readStates(
  assessments: OpenStore['assessments'],
  id: string,
): Promise<Map<string, FindingState>> {
  const states = new Map<string, FindingState>();
  for await (const finding of assessments.readFindings(id)) states.set(finding.id, toFindingState(finding));
  return states;
}
