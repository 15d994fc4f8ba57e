import { setMaxListeners } from 'node:events';
import { type Agents, type Checkpointer, superviseAssessment } from '../agents/supervisor/graph.ts';
import type { RunContext } from '../agents/supervisor/run-context.ts';
import { createTold, NOBODY_LISTENS } from '../agents/writing/told.ts';
import type { AgentEvent } from '../domain/assessment/events.ts';
import type { AssessmentHead } from '../domain/assessment/schema.ts';
import type { CveId } from '../domain/cve/cve-id.ts';
import { EXPOSURE, type Exposure } from '../domain/ssvc/decision-points.ts';
import { type Clock, createStopwatch } from '../kernel/clock.ts';
import { RiskError } from '../kernel/risk-error.ts';
import type { AssessmentStore, StoredAssessment } from '../ports/assessment-store.ts';
import { NO_TELEMETRY, type Telemetry } from '../ports/telemetry.ts';
import { measureAssessment } from './measure-assessment.ts';
import type { Scope } from './scope.ts';

/** Options of an assessment that change its result; they are stored with it, so that a resumed run keeps them. */
export interface AssessOptions {
  readonly offline: boolean;
  /** Exposure of whatever the CVEs are on; null is unknown. */
  readonly exposure: Exposure | null;
  /** Whether a language model may write, where one is configured. */
  readonly useModel: boolean;
  /** Most that the language model may cost, USD; null: no cap. */
  readonly maxCostUsd: number | null;
  /** Findings a model call at most. */
  readonly batchSize: number;
  /** Model calls at the same time. */
  readonly concurrency: number;
  /** Half-price batches where the provider has them: patient. */
  readonly economy: boolean;
}

/** Options of the language model where nothing else is asked for. */
export const MODEL_OPTIONS = {
  useModel: true,
  maxCostUsd: null,
  batchSize: 50,
  concurrency: 16,
  economy: false,
} as const;

/** What assessing depends on. */
export interface AssessParts {
  readonly store: AssessmentStore;
  readonly checkpointer: Checkpointer;
  readonly clock: Clock;
  readonly newId: () => string;
  readonly createAgents: (options: AssessOptions) => Promise<Agents>;
  readonly takeHttpCount: (source: string) => number;
  readonly telemetry?: Telemetry;
}

/** How a run is watched and stopped. */
export interface AssessCall {
  readonly signal: AbortSignal;
  readonly emit: (event: AgentEvent) => void;
  /** Whether prose is read while it is written. */
  readonly isStreaming?: boolean;
}

/** The main job. */
export interface AssessUseCase {
  /** Stores and runs a new assessment; intake began at `startedAt`. Throws the signal's reason when cancelled; the assessment then stays, interrupted. */
  start(
    input: { targets: readonly string[]; scope: Scope; options: AssessOptions; startedAt: Date },
    call: AssessCall,
  ): Promise<AssessmentHead>;
  /**
   * Continues a stored assessment with its own options, or returns it where it is done; `offline` keeps it off the network whatever
   * they say. @throws RiskError `BAD_INPUT` for an unknown id.
   */
  resume(id: string, now: { readonly offline: boolean }, call: AssessCall): Promise<AssessmentHead>;
}

/** Creates the main job from its parts. */
export function createAssessUseCase(parts: AssessParts): AssessUseCase {
  const { store, clock } = parts;

  async function run(id: string, isOffline: boolean, call: AssessCall): Promise<AssessmentHead> {
    const stored = await getAssessment(store, id);
    if (stored.head !== null) {
      // A process that was killed after its last step has left its checkpoints.
      await parts.checkpointer.deleteThread(id);
      return stored.head;
    }
    const context = createRunContext(parts, stored, await store.otherIds(id), call);
    const options = toOptions(stored.request.options);
    const agents = await parts.createAgents({ ...options, offline: options.offline || isOffline });
    return measureAssessment(context, async () => {
      try {
        await superviseAssessment(context, agents, parts.checkpointer);
      } catch (error) {
        await store.setStatus(id, call.signal.aborted ? 'interrupted' : 'failed');
        throw error;
      }
      const { head } = await getAssessment(store, id);
      if (head === null) throw new Error(`the assessment ${id} ended without a report`);
      return head;
    });
  }

  return {
    async start({ targets, scope, options, startedAt }, call) {
      const id = parts.newId();
      const request = { targets: [...targets], cveIds: [...scope.cveIds], options: fromOptions(options) };
      const { subjects, http } = scope;
      const createdAt = startedAt.toISOString();
      await store.createAssessment({ id, createdAt, request, intakeGaps: [...scope.gaps], subjects, http });
      call.emit({ type: 'assessment-start', id });
      for (const warning of scope.warnings) {
        await store.saveWarning(id, warning);
        call.emit({ type: 'warning', message: warning });
      }
      await store.saveStage(id, { name: 'intake', startMs: 0, endMs: clock.now().getTime() - startedAt.getTime() });
      return run(id, options.offline, call);
    },
    async resume(id, { offline }, call) {
      const stored = await getAssessment(store, id);
      if (stored.head === null && !(await store.claimAssessment(id))) {
        throw new RiskError({
          code: 'BAD_INPUT',
          message: `the assessment ${id} is being worked on by another process`,
        });
      }
      call.emit({ type: 'assessment-start', id });
      return run(id, offline, call);
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
  { store, clock, takeHttpCount, telemetry = NO_TELEMETRY }: AssessParts,
  stored: Pick<StoredAssessment, 'id' | 'createdAt' | 'request' | 'warnings'>,
  otherIds: readonly string[],
  { signal, emit, isStreaming = false }: AssessCall,
): RunContext {
  // Every request that waits listens to it, and a run has hundreds.
  setMaxListeners(0, signal);
  const warned = new Set(stored.warnings);
  return {
    assessmentId: stored.id,
    cveIds: stored.request.cveIds as CveId[],
    otherIds,
    startedAt: new Date(stored.createdAt),
    elapsedMs: createStopwatch(clock, new Date(stored.createdAt)),
    store,
    clock,
    signal,
    emit,
    isStreaming,
    told: isStreaming ? createTold(emit) : NOBODY_LISTENS,
    warn(message) {
      if (warned.has(message)) return;
      warned.add(message);
      void store.saveWarning(stored.id, message);
      emit({ type: 'warning', message });
    },
    warnings: () => [...warned],
    takeHttpCount,
    telemetry,
  };
}

function fromOptions({ exposure, maxCostUsd, ...rest }: AssessOptions): AssessmentHead['request']['options'] {
  return { ...rest, exposure: exposure ?? 'unknown', ...(maxCostUsd === null ? {} : { maxCostUsd }) };
}

function toOptions(options: AssessmentHead['request']['options']): AssessOptions {
  return {
    offline: options['offline'] === true,
    exposure: EXPOSURE.find((value) => value === options['exposure']) ?? null,
    useModel: options['useModel'] !== false,
    maxCostUsd: numberOr(options['maxCostUsd'], MODEL_OPTIONS.maxCostUsd),
    batchSize: numberOr(options['batchSize'], MODEL_OPTIONS.batchSize),
    concurrency: numberOr(options['concurrency'], MODEL_OPTIONS.concurrency),
    economy: options['economy'] === true,
  };
}

function numberOr<Other>(value: unknown, other: Other): number | Other {
  return typeof value === 'number' ? value : other;
}
