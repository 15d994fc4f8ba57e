import type { AssessmentHead } from '../../src/domain/assessment/schema.ts';
import type { NarrativePart, RankedFinding, ScoredFinding } from '../../src/ports/assessment-store.ts';

/** A finding as far as a store looks at it; the rest is whatever it is. */
export function rankedFinding(
  id: string,
  priority: number,
  over: { readonly [field: string]: unknown } = {},
): RankedFinding {
  const finding = {
    id,
    vulnerabilityId: `CVE-2024-${id}`,
    cveId: `CVE-2024-${id}`,
    status: 'assessed',
    title: `Title of ${id}`,
    description: 'Text',
    affected: [{ vendor: 'apache', product: 'log4j', versions: '< 2' }],
    asset: null,
    component: null,
    loss: null,
    kevStatus: 'not_listed',
    kev: null,
    bod2604: null,
    sources: {},
    risk: { level: 'High', score: 12, priority },
    zebra: 1,
    alpha: 2,
    ...over,
  };
  return { finding: finding as unknown as ScoredFinding, priority, sortKey: id };
}

/** What an agent has written. */
export function narrativePart(over: Partial<NarrativePart> = {}): NarrativePart {
  return {
    summary: 'S',
    citations: [],
    source: 'rules',
    model: null,
    notes: [],
    violations: 0,
    isCapped: false,
    ...over,
  };
}

/** The head of a finished assessment as far as a store looks at it. */
export function assessmentHead(id: string, over: { readonly [field: string]: unknown } = {}): AssessmentHead {
  const summary = { counts: { Critical: 1, High: 0, Medium: 0, Low: 2 } };
  return { id, finishedAt: '2026-01-02T03:04:06.000Z', summary, gaps: [], ...over } as unknown as AssessmentHead;
}
