import { type Job, jobIdOf } from '../../domain/job/job.ts';
import type { TakenJob } from '../../ports/job-queue.ts';
import type { Telemetry } from '../../ports/telemetry.ts';

/** Does a job in a span of its own, under the trace of whoever handed it in, with its id in whatever is logged. */
export function traceJob<Value>(
  job: Job,
  { attempt }: Pick<TakenJob, 'attempt'>,
  { tracing, correlation }: Telemetry,
  work: () => Promise<Value>,
): Promise<Value> {
  const attributes = {
    'messaging.operation.name': 'process',
    'eras.assessment.id': job.assessmentId,
    'eras.job.id': jobIdOf(job),
    'eras.job.attempt': attempt,
  };
  return correlation.run({ assessmentId: job.assessmentId, jobId: jobIdOf(job) }, () =>
    tracing.extract(job.trace ?? {}, () =>
      tracing.inSpan({ kind: 'job', name: `process ${job.kind}`, attributes }, () => work()),
    ),
  );
}
