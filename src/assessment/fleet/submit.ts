import type { CveId } from '../../domain/cve/cve-id.ts';
import { JOB_VERSION, type Job, type JobCommon, type JobOf } from '../../domain/job/job.ts';
import { chunksOf } from '../../kernel/chunks-of.ts';
import type { StoredAssessment } from '../../ports/assessment-store.ts';
import type { JobQueue, RunRef } from '../../ports/job-queue.ts';
import type { RunChannel } from '../../ports/run-channel.ts';
import { NO_TELEMETRY, type Telemetry } from '../../ports/telemetry.ts';
import { toOptions } from '../assess-options.ts';
import type { StoringParts } from '../store-assessment.ts';

/** What handing in work depends on. */
export interface SubmitParts {
  readonly queue: JobQueue;
  readonly channel: RunChannel;
  /** Whose line the work waits in. */
  readonly tenant: string;
  /** Whether a person sits before it. */
  readonly isAttended: boolean;
  readonly telemetry?: Telemetry;
}

/** What assessing by a fleet depends on. */
export interface FleetParts extends StoringParts, SubmitParts {}

/** An assessment of so many CVEs is small: it goes before large ones, whoever waits for it. */
const SMALL = 100;
/** With a person before it, one of so many does, too. */
const SMALL_IF_ATTENDED = 1000;

/** Puts an assessment on the queue, as a new run of it or, where `ref` names one, as that run again: what of it is there is not added twice. */
export async function submitRun(
  { queue, channel, tenant, isAttended, telemetry = NO_TELEMETRY }: SubmitParts,
  stored: Pick<StoredAssessment, 'id' | 'request'>,
  isStreaming: boolean,
  ref: RunRef | null = null,
): Promise<RunRef> {
  const { id, request } = stored;
  const run = ref?.run ?? (await channel.beginRun(id));
  const cveIds = request.cveIds as CveId[];
  const batches = [...chunksOf(cveIds, toOptions(request.options).batchSize)];
  const jobs = 2 * batches.length;
  const line = await channel.queueUp(tenant, id, jobs);
  const isInteractive = cveIds.length <= (isAttended ? SMALL_IF_ATTENDED : SMALL);
  const trace = telemetry.tracing.inject();
  const common: JobCommon = {
    v: JOB_VERSION,
    assessmentId: id,
    run,
    tenant,
    isInteractive,
    isStreaming,
    line,
    ...(Object.keys(trace).length === 0 ? {} : { trace }),
  };
  const gathering = batches.flatMap((some, batch): JobOf<'gather'>[] =>
    (['vulnerability', 'threat'] as const).map((agent) => ({
      ...common,
      kind: 'gather',
      agent,
      batch,
      cveIds: [...some],
    })),
  );
  const teller = channel.teller(id, `${id}.${run}.submit#1`);
  for (const name of ['vulnerability', 'threat'] as const) teller.tell({ type: 'stage-start', name });
  await teller.flush();
  await queue.addTree({ ...common, kind: 'score' }, gathering);
  return { assessmentId: id, run };
}

/** The jobs that a run ends with, as far as their ids are concerned: one of them is there until it has ended. */
export function lastJobsOf({ assessmentId, run }: RunRef): readonly [score: Job, report: Job] {
  const common = {
    v: JOB_VERSION,
    assessmentId,
    run,
    tenant: '',
    isInteractive: false,
    isStreaming: false,
    line: 0,
  } as const;
  return [
    { ...common, kind: 'score' },
    { ...common, kind: 'report' },
  ];
}
