import type { AgentEvent } from '../../domain/assessment/events.ts';
import type { StageName } from '../../domain/assessment/schema.ts';
import type { CveId } from '../../domain/cve/cve-id.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { AssessmentStore } from '../../ports/assessment-store.ts';
import type { Telemetry } from '../../ports/telemetry.ts';
import type { SpanStart } from '../../ports/tracing.ts';
import type { Told } from '../writing/told.ts';

/** What every agent of one run shares. Agents keep nothing between runs: their state is the store's. */
export interface RunContext {
  readonly assessmentId: string;
  readonly cveIds: readonly CveId[];
  /** Vulnerabilities without a CVE id, of which no source knows more than was reported. */
  readonly otherIds: readonly string[];
  readonly startedAt: Date;
  /** Milliseconds since the assessment's start, by a clock that only goes forward. */
  readonly elapsedMs: () => number;
  readonly store: AssessmentStore;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /**
   * Makes sure, before what cannot be taken back or costs money, that this work is still this process' own: one that was frozen may have been
   * replaced. Rejects where it was.
   */
  readonly confirm: () => Promise<void>;
  readonly emit: (event: AgentEvent) => void;
  /** Whether somebody reads prose while it is written. */
  readonly isStreaming: boolean;
  /** Shows prose while it is written. */
  readonly told: Told;
  readonly warn: (message: string) => void;
  /** Everything that was warned of so far, in earlier processes too. */
  readonly warnings: () => readonly string[];
  /** Who listens while agents work. */
  readonly telemetry: Telemetry;
}

/** Runs a part of a stage, with its events, and records when it ran. */
export async function inStage(
  run: RunContext,
  name: StageName,
  work: () => Promise<void>,
  part: 'gather' | 'write' | null = null,
): Promise<void> {
  run.signal.throwIfAborted();
  const startMs = run.elapsedMs();
  run.emit({ type: 'stage-start', name });
  await run.telemetry.tracing.inSpan(spanOf(name, part), work);
  await run.store.saveStage(run.assessmentId, { name, startMs, endMs: run.elapsedMs() });
  run.emit({ type: 'stage-end', name });
}

/** An agent gathers and writes; other stages are of one piece. */
function spanOf(name: StageName, part: 'gather' | 'write' | null): SpanStart {
  const attributes = { 'eras.stage': name, ...(part === null ? {} : { 'eras.phase': part }) };
  if (part === null) return { kind: 'stage', name, attributes };
  return {
    kind: 'agent',
    name: `invoke_agent ${name}`,
    attributes: { ...attributes, 'gen_ai.operation.name': 'invoke_agent', 'gen_ai.agent.name': name },
  };
}
