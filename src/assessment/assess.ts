import { type Agents, type Checkpointer, superviseAssessment } from '../agents/supervisor/graph.ts';
import type { RunContext } from '../agents/supervisor/run-context.ts';
import type { AgentEvent } from '../domain/assessment/events.ts';
import type { AssessmentHead } from '../domain/assessment/schema.ts';
import type { CveId } from '../domain/cve/cve-id.ts';
import { EXPOSURE, type Exposure } from '../domain/ssvc/decision-points.ts';
import type { Intake } from '../intake/read-targets.ts';
import type { Clock } from '../kernel/clock.ts';
import { RiskError } from '../kernel/risk-error.ts';
import type { AssessmentStore } from '../ports/assessment-store.ts';

/** Options of an assessment that change its result; they are stored with it, so that a resumed run keeps them. */
export interface AssessOptions {
  readonly offline: boolean;
  /** Exposure of whatever the CVEs are on; null is unknown. */
  readonly exposure: Exposure | null;
}

/** What assessing depends on. */
export interface AssessParts {
  readonly store: AssessmentStore;
  readonly checkpointer: Checkpointer;
  readonly clock: Clock;
  readonly newId: () => string;
  readonly createAgents: (options: AssessOptions) => Agents;
  readonly takeHttpCount: (source: string) => number;
}

/** How a run is watched and stopped. */
export interface AssessCall {
  readonly signal: AbortSignal;
  readonly emit: (event: AgentEvent) => void;
}

/** The main job. */
export interface AssessUseCase {
  /** Stores and runs a new assessment; intake began at `startedAt`. Throws the signal's reason when cancelled; the assessment then stays, interrupted. */
  start(
    input: { targets: readonly string[]; intake: Intake; options: AssessOptions; startedAt: Date },
    call: AssessCall,
  ): Promise<AssessmentHead>;
  /** Continues a stored assessment, or returns it where it is done. @throws RiskError `BAD_INPUT` for an unknown id. */
  resume(id: string, call: AssessCall): Promise<AssessmentHead>;
}

/** Creates the main job from its parts. */
export function createAssessUseCase(parts: AssessParts): AssessUseCase {
  const { store, clock } = parts;

  async function run(id: string, call: AssessCall): Promise<AssessmentHead> {
    const stored = await getAssessment(store, id);
    if (stored.head !== null) return stored.head;
    const context = createRunContext(parts, stored, call);
    const agents = parts.createAgents(toOptions(stored.request.options));
    try {
      await superviseAssessment(context, agents, parts.checkpointer);
    } catch (error) {
      await store.setStatus(id, call.signal.aborted ? 'interrupted' : 'failed');
      throw error;
    }
    const { head } = await getAssessment(store, id);
    if (head === null) throw new Error(`the assessment ${id} ended without a report`);
    return head;
  }

  return {
    async start({ targets, intake, options, startedAt }, call) {
      const id = parts.newId();
      const request = { targets: [...targets], cveIds: [...intake.cveIds], options: fromOptions(options) };
      await store.createAssessment({ id, createdAt: startedAt.toISOString(), request, intakeGaps: [...intake.gaps] });
      await store.saveStage(id, { name: 'intake', startMs: 0, endMs: clock.now().getTime() - startedAt.getTime() });
      call.emit({ type: 'assessment-start', id });
      return run(id, call);
    },
    async resume(id, call) {
      const stored = await getAssessment(store, id);
      if (stored.head === null && !(await store.claimAssessment(id))) {
        throw new RiskError({
          code: 'BAD_INPUT',
          message: `the assessment ${id} is being worked on by another process`,
        });
      }
      call.emit({ type: 'assessment-start', id });
      return run(id, call);
    },
  };
}

async function getAssessment(store: AssessmentStore, id: string) {
  const stored = await store.findAssessment(id);
  if (stored === null) throw unknownAssessment(id);
  return stored;
}

/** The error for an id that names no assessment. */
export function unknownAssessment(id: string): RiskError {
  return new RiskError({
    code: 'BAD_INPUT',
    message: `there is no assessment "${id.slice(0, 40)}"; eras list shows them`,
  });
}

function createRunContext(
  { store, clock, takeHttpCount }: AssessParts,
  stored: { id: string; createdAt: string; request: AssessmentHead['request'] },
  { signal, emit }: AssessCall,
): RunContext {
  const warnings: string[] = [];
  return {
    assessmentId: stored.id,
    cveIds: stored.request.cveIds as CveId[],
    startedAt: new Date(stored.createdAt),
    store,
    clock,
    signal,
    emit,
    warnings,
    warn(message) {
      if (warnings.includes(message)) return;
      warnings.push(message);
      emit({ type: 'warning', message });
    },
    takeHttpCount,
  };
}

function fromOptions({ offline, exposure }: AssessOptions): AssessmentHead['request']['options'] {
  return { offline, exposure: exposure ?? 'unknown' };
}

function toOptions(options: AssessmentHead['request']['options']): AssessOptions {
  return {
    offline: options['offline'] === true,
    exposure: EXPOSURE.find((value) => value === options['exposure']) ?? null,
  };
}
