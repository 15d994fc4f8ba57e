import { setMaxListeners } from 'node:events';
import type { RunContext } from '../agents/supervisor/run-context.ts';
import { createTold, NOBODY_LISTENS } from '../agents/writing/told.ts';
import type { AgentEvent } from '../domain/assessment/events.ts';
import type { CveId } from '../domain/cve/cve-id.ts';
import { type Clock, createStopwatch } from '../kernel/clock.ts';
import type { AssessmentStore, StoredAssessment } from '../ports/assessment-store.ts';
import { NO_TELEMETRY, type Telemetry } from '../ports/telemetry.ts';

/** What the context of a run is made from, beside the stored assessment. */
export interface RunContextParts {
  readonly store: AssessmentStore;
  readonly clock: Clock;
  readonly telemetry?: Telemetry;
}

/** How a run is watched and stopped. */
export interface AssessCall {
  readonly signal: AbortSignal;
  readonly emit: (event: AgentEvent) => void;
  /** Whether prose is read while it is written. */
  readonly isStreaming?: boolean;
  /** Whether the work is still this process' own; rejects where it is not. Left out where nobody can take it away. */
  readonly confirm?: () => Promise<void>;
}

const OWN = async () => undefined;

/** A run of a stored assessment in this process. `settle` waits for the warnings that are still being stored. */
export function createRunContext(
  { store, clock, telemetry = NO_TELEMETRY }: RunContextParts,
  stored: Pick<StoredAssessment, 'id' | 'createdAt' | 'request' | 'warnings'>,
  otherIds: readonly string[],
  { signal, emit, isStreaming = false, confirm = OWN }: AssessCall,
): RunContext & { settle(): Promise<void> } {
  // Every request that waits listens to it, and a run has hundreds.
  setMaxListeners(0, signal);
  const warned = new Set(stored.warnings);
  let saved: Promise<unknown> = Promise.resolve();
  return {
    assessmentId: stored.id,
    cveIds: stored.request.cveIds as CveId[],
    otherIds,
    startedAt: new Date(stored.createdAt),
    elapsedMs: createStopwatch(clock, new Date(stored.createdAt)),
    store,
    clock,
    signal,
    confirm,
    emit,
    isStreaming,
    told: isStreaming ? createTold(emit) : NOBODY_LISTENS,
    warn(message) {
      if (warned.has(message)) return;
      warned.add(message);
      const saving = store.saveWarning(stored.id, message);
      saved = Promise.all([saved, saving]);
      saved.catch(() => undefined);
      emit({ type: 'warning', message });
    },
    warnings: () => [...warned],
    telemetry,
    async settle() {
      await saved;
    },
  };
}
