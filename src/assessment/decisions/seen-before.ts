import { parseCveId } from '../../domain/cve/cve-id.ts';
import { chooseDecision, type Decision } from '../../domain/decision/decision.ts';
import type { AssessmentStore } from '../../ports/assessment-store.ts';

/** Assessments that are looked through, the newest first. */
const MOST_ASSESSMENTS = 200;

/** What is looked through. */
type Seen = Pick<AssessmentStore, 'listAssessments' | 'findAssessment' | 'loadSubjects'>;

/**
 * Whether a decision is about anything that was assessed so far; null: it is. Else a line for people, who may have mistyped the id, the asset or the component. Ids without a CVE are not judged: findings may
 * carry them as an alias.
 */
export async function tellUnseen(decision: Decision, store: Seen): Promise<string | null> {
  const { vulnerabilityId, assetId, component } = decision;
  if (!parseCveId(vulnerabilityId).ok) return null;
  let isKnown = false;
  for (const { id } of (await store.listAssessments()).slice(0, MOST_ASSESSMENTS)) {
    const subjects = (await store.loadSubjects(id, [vulnerabilityId])).get(vulnerabilityId) ?? [];
    const found = await store.findAssessment(id);
    isKnown ||= subjects.length > 0 || found?.request.cveIds.includes(vulnerabilityId) === true;
    if (isKnown && assetId === null && component === null) return null;
    const isMet = subjects.some(({ aliases, asset, component: of }) => {
      const names = [of?.purl, of?.cpe, of?.name].filter((name) => typeof name === 'string');
      return (
        chooseDecision([decision], { vulnerabilityId, aliases, assetId: asset?.id ?? null, components: names }) !== null
      );
    });
    if (isMet) return null;
  }
  const places = [assetId === null ? '' : ` on "${assetId}"`, component === null ? '' : ` in "${component}"`].join('');
  const what = isKnown
    ? `no finding so far is of ${vulnerabilityId}${places}`
    : `${vulnerabilityId} was not assessed so far`;
  return `${what}: the decision is kept, and holds for what it names${places === '' ? '' : '; ids and names are those of findings'}`;
}
