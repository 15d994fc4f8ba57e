import type { AssessmentHead } from '../../domain/assessment/schema.ts';
import { JOB_KINDS } from '../../domain/job/job.ts';
import { orAborted } from '../../kernel/or-aborted.ts';
import { RiskError } from '../../kernel/risk-error.ts';
import type { JobStanding, RunRef } from '../../ports/job-queue.ts';
import type { AssessCall } from '../create-run-context.ts';
import { getAssessment } from '../store-assessment.ts';
import { createRunDisplay } from './show-run.ts';
import { type FleetParts, lastJobsOf, submitRun } from './submit.ts';

/** How often the store is asked, which knows the truth whatever was told. Milliseconds. */
const LOOK_MS = 1000;
/** How often the queue is asked whether the run is still on it. */
const CHECK_MS = 5000;
/** So long nobody takes jobs that wait, or the queue's server does not answer, before it is worth a word. */
const SILENCE_MS = 15_000;
const AWAKE_MS = 500;

/** Follows a run until it is done. @throws RiskError `QUEUE_FAILED` where it failed; the signal's reason when cancelled */
export async function followRun(parts: FleetParts, ref: RunRef, call: AssessCall): Promise<AssessmentHead> {
  const { store, channel } = parts;
  const { assessmentId } = ref;
  const { request } = await getAssessment(store, assessmentId);
  const display = createRunDisplay(call.emit, request.cveIds.length);
  const watch = createWatch(parts, ref, call);
  let after = '0';
  for (;;) {
    const { told, next } = await answered(channel.read(assessmentId, after), call);
    after = next;
    const isMine = ({ by }: { by: string }) => by.startsWith(`${assessmentId}.${ref.run}.`);
    for (const one of told.filter(isMine)) display(one);
    const hasEnded = told.some((one) => isMine(one) && one.events.some(({ type }) => type === 'run-end'));
    const head = await watch.look(hasEnded);
    // Whoever fell behind hears first what was told until then.
    if (head !== null && (hasEnded || told.length === 0)) return head;
  }
}

/** An answer of the queue's server, however long it takes; after a while the user is told what is waited for. */
async function answered<Value>(work: Promise<Value>, { signal, emit }: AssessCall): Promise<Value> {
  const message = 'Redis does not answer; the run goes on as soon as it does';
  let timer = setTimeout(() => {
    // A process that was asleep itself reads first what has come meanwhile.
    timer = setTimeout(() => emit({ type: 'warning', message }), AWAKE_MS);
  }, SILENCE_MS);
  try {
    return await orAborted(work, signal);
  } finally {
    clearTimeout(timer);
  }
}

/** Looks after a run while it is followed: whether it is done, whether it has failed, got lost, or nobody works on it. */
function createWatch(parts: FleetParts, ref: RunRef, call: AssessCall) {
  const { store, queue } = parts;
  let [lookedAt, checkedAt, attendedAt] = [0, performance.now(), performance.now()];
  let isMissing = false;
  let isWarned = false;
  let isStoreAway = false;

  /** The outcome of some work on the store; null while it is away: the run itself goes on when it is back. */
  async function fromStore<Value>(work: Promise<Value>): Promise<Value | null> {
    try {
      const value = await orAborted(work, call.signal);
      isStoreAway = false;
      return value;
    } catch (error) {
      if (!(error instanceof RiskError) || error.code !== 'STORE_FAILED' || !error.retryable) throw error;
      if (!isStoreAway) call.emit({ type: 'warning', message: `${error.message}; the run goes on when it is` });
      isStoreAway = true;
      return null;
    }
  }

  async function findHead(): Promise<AssessmentHead | null> {
    const { head, status } = await getAssessment(store, ref.assessmentId);
    if (head !== null || (status !== 'failed' && status !== 'interrupted')) return head;
    if (status === 'interrupted') throw new RiskError({ code: 'INTERRUPTED', message: 'it was cancelled elsewhere' });
    throw runFailed(ref, await reasonOf());
  }

  async function standings(): Promise<JobStanding[]> {
    return Promise.all(lastJobsOf(ref).map((job) => queue.standing(job)));
  }

  async function reasonOf(): Promise<string> {
    const dead = (await standings()).find(({ kind }) => kind === 'dead');
    return dead?.kind === 'dead' ? dead.reason : 'a job failed for good';
  }

  async function check(): Promise<void> {
    const all = await standings();
    const dead = all.find((standing) => standing.kind === 'dead');
    if (dead?.kind === 'dead') {
      await store.setStatus(ref.assessmentId, 'failed');
      throw runFailed(ref, dead.reason);
    }
    const isLive = all.some(({ kind }) => kind === 'live');
    // Once may be the moment between two jobs; twice is a queue that has lost them.
    if (!isLive && isMissing && (await findHead()) === null) {
      await submitRun(parts, await getAssessment(store, ref.assessmentId), call.isStreaming === true, ref);
    }
    isMissing = !isLive;
    await lookForWorkers();
  }

  async function lookForWorkers(): Promise<void> {
    const states = await queue.states();
    const idle = states.filter(({ waiting, active, workers }) => waiting > 0 && active === 0 && workers === 0);
    if (idle.length === 0) {
      attendedAt = performance.now();
      isWarned = false;
      return;
    }
    if (isWarned || performance.now() - attendedAt < SILENCE_MS) return;
    isWarned = true;
    const kinds = JOB_KINDS.filter((kind) => idle.some((state) => state.kind === kind)).join(', ');
    const message = `no worker takes ${kinds} jobs; eras worker, with the same REDIS_URL and store, starts one; waiting`;
    call.emit({ type: 'warning', message });
  }

  return {
    /** The head where the run is done; `now`: somebody says that it has ended. */
    async look(now: boolean): Promise<AssessmentHead | null> {
      call.signal.throwIfAborted();
      const at = performance.now();
      if (!now && at - lookedAt < LOOK_MS) return null;
      lookedAt = at;
      const head = await fromStore(findHead());
      if (head !== null || at - checkedAt < CHECK_MS) return head;
      checkedAt = at;
      await fromStore(answered(check(), call));
      return null;
    },
  };
}

function runFailed({ assessmentId }: RunRef, reason: string): RiskError {
  const message = `the assessment ${assessmentId} failed: ${reason}; eras queue dead shows the job, and eras assess --resume ${assessmentId} --distributed tries again`;
  return new RiskError({ code: 'QUEUE_FAILED', message });
}
