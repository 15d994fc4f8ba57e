import type { AssessmentHead } from '../domain/assessment/schema.ts';
import type { Tracing } from '../ports/tracing.ts';

/**
 * Runs everything that an assessment takes, from resolving what was handed in to rendering the result, in the root span of its trace. `tell` is
 * handed the finished document's head.
 */
export function traceAssessment<Value>(
  tracing: Tracing,
  work: (tell: (head: AssessmentHead) => void) => Promise<Value>,
): Promise<Value> {
  const attributes = { 'gen_ai.operation.name': 'invoke_workflow', 'gen_ai.workflow.name': 'assess' };
  return tracing.inSpan({ kind: 'assessment', name: 'invoke_workflow assess', attributes }, (span) =>
    work(({ id, request, gaps, usage, summary }) =>
      span.set({
        'eras.assessment.id': id,
        'eras.cves': request.cveIds.length,
        'eras.gaps': gaps.length,
        'eras.findings.critical': summary.counts.Critical,
        ...(usage.llm.costUsd === null ? {} : { 'eras.assessment.cost_usd': usage.llm.costUsd }),
      }),
    ),
  );
}
