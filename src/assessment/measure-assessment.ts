import type { RunContext } from '../agents/supervisor/run-context.ts';
import type { AssessmentHead } from '../domain/assessment/schema.ts';

const MS = 1000;

/** Runs an assessment to its end and tells the metrics how it went; a resumed one counts from its first beginning, as its document does. */
export async function measureAssessment(
  run: Pick<RunContext, 'assessmentId' | 'telemetry' | 'signal' | 'elapsedMs'>,
  work: () => Promise<AssessmentHead>,
): Promise<AssessmentHead> {
  const { assessmentId, telemetry, signal, elapsedMs } = run;
  const { metrics, correlation } = telemetry;
  try {
    const head = await correlation.run({ assessmentId }, work);
    metrics.assessment({ how: 'done', seconds: head.timings.totalMs / MS });
    for (const { name, startMs, endMs } of head.timings.stages) metrics.stage(name, (endMs - startMs) / MS);
    metrics.factsAsOf(head.dataAsOf);
    return head;
  } catch (error) {
    metrics.assessment({ how: signal.aborted ? 'interrupted' : 'failed', seconds: elapsedMs() / MS });
    throw error;
  }
}
