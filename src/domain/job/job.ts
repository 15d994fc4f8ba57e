import { z } from 'zod';
import { firstIssue } from '../../kernel/first-issue.ts';
import { failure, type Result, success } from '../../kernel/result.ts';
import { CveIdField } from '../cve/cve-id-field.ts';

/** The version of the jobs that this ERAS writes, and the newest that it reads. A field that older workers may overlook needs no new one. */
export const JOB_VERSION = 1;

/** Kinds of jobs, in the order of an assessment; each has a queue of its own. */
export const JOB_KINDS = ['gather', 'score', 'write', 'report'] as const;
export type JobKind = (typeof JOB_KINDS)[number];

const Agent = z.enum(['vulnerability', 'threat']);

/** What every job says: whose it is, and how it is done. Ids and numbers only: the data is in the store. */
const Common = z.object({
  v: z.literal(JOB_VERSION),
  assessmentId: z.string().min(1).max(64),
  /** Counts how often the assessment was put on the queue: jobs of an earlier time are not mistaken for those of now. */
  run: z.int().min(1),
  tenant: z.string().max(64),
  /** Whether somebody waits for it. */
  isInteractive: z.boolean(),
  /** Whether prose is read while it is written. */
  isStreaming: z.boolean(),
  /** Where in a trace the work belongs (W3C Trace Context); left out where nobody traces. */
  trace: z.record(z.string().max(64), z.string().max(600)).optional(),
  /** Jobs that the tenant had on the queue before: its line is that long. */
  line: z.int().min(0),
});

/** The most ids of a job: as many as `--batch-size` may say. */
const MOST_IDS = 1000;

const Ids = z.array(z.string().max(128)).max(MOST_IDS);

const Schema = z.discriminatedUnion('kind', [
  Common.extend({
    kind: z.literal('gather'),
    agent: Agent,
    batch: z.int().min(0),
    cveIds: z.array(CveIdField).max(MOST_IDS),
  }),
  Common.extend({ kind: z.literal('score') }),
  Common.extend({
    kind: z.literal('write'),
    agent: Agent,
    batch: z.int().min(0),
    findingIds: Ids,
    deepIds: Ids,
    shares: z.int().min(1),
  }),
  Common.extend({ kind: z.literal('report') }),
]);

/** A unit of work of a fleet. */
export type Job = z.infer<typeof Schema>;
export type JobOf<Kind extends JobKind> = Extract<Job, { kind: Kind }>;
/** What all jobs of one run of an assessment share. */
export type JobCommon = z.infer<typeof Common>;

/** Why a job cannot be read: `newer`: another version of ERAS wrote it, whose workers can. */
export type UnreadableJob =
  | { readonly kind: 'newer'; readonly version: number }
  | { readonly kind: 'broken'; readonly reason: string };

const Versioned = z.object({ v: z.int().min(1) });

/** Reads a job; fields that are not known are overlooked, since a newer ERAS of the same version may have added them. */
export function parseJob(data: unknown): Result<Job, UnreadableJob> {
  const versioned = Versioned.safeParse(data);
  if (versioned.success && versioned.data.v > JOB_VERSION) return failure({ kind: 'newer', version: versioned.data.v });
  const parsed = Schema.safeParse(data);
  if (!parsed.success) return failure({ kind: 'broken', reason: firstIssue(parsed.error, 'the job') });
  return success(parsed.data);
}

/** The id of a job: the same work has the same id, so that adding it twice adds nothing. */
export function jobIdOf(job: Job): string {
  const place = job.kind === 'gather' || job.kind === 'write' ? `.${job.agent}.${job.batch}` : '';
  return `${job.assessmentId}.${job.run}.${job.kind}${place}`;
}

/** Whose work a job is, by its id; null where that is no id of a job. */
export function assessmentOfJob(jobId: string): string | null {
  return /^([^.]{1,64})\.\d{1,9}\./.exec(jobId)?.[1] ?? null;
}

/** The run that stands and falls with a job: that of a scoring or report job; null for others, which a run can do without. */
export function runThatNeeds(jobId: string): Pick<JobCommon, 'assessmentId' | 'run'> | null {
  const [, assessmentId = '', run] = /^([^.]{1,64})\.(\d{1,9})\.(?:score|report)$/.exec(jobId) ?? [];
  return run === undefined ? null : { assessmentId, run: Number(run) };
}

/** Orders jobs: the lower, the sooner. Whoever somebody waits for comes first; among tenants, whoever has the shorter line. */
export function priorityOf(job: Job): number {
  const batch = job.kind === 'gather' || job.kind === 'write' ? job.batch : 0;
  const place = Math.min(LONGEST_LINE, job.line + batch);
  return 1 + (job.isInteractive ? 0 : LONGEST_LINE + 1) + place;
}

/** BullMQ takes priorities up to 2 ** 21. */
const LONGEST_LINE = 1_000_000;
