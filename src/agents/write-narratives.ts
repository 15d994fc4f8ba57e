import type { NarrativeAgent, NarrativePart, ScoredFinding } from '../ports/assessment-store.ts';
import type { RunContext } from './supervisor/run-context.ts';

/**
 * Writes one agent's part of a page of findings. Rules are one writer; a language model is another, and may fall back to them:
 * the part says which it was.
 */
export type NarrativeWriter = (
  findings: readonly ScoredFinding[],
  run: RunContext,
) => Promise<readonly NarrativePart[]>;

/** A writer that needs nothing but the finding. */
export function byRules(write: (finding: ScoredFinding) => NarrativePart): NarrativeWriter {
  return async (findings) => findings.map(write);
}

/** An agent's second phase: writes what it has not written yet, worst findings first, and stores page by page. */
export async function writeNarratives(run: RunContext, agent: NarrativeAgent, write: NarrativeWriter): Promise<void> {
  for await (const findings of run.store.readUnwritten(run.assessmentId, agent)) {
    run.signal.throwIfAborted();
    const parts = await write(findings, run);
    const rows = findings.flatMap((finding, index) => {
      const part = parts[index];
      return part === undefined ? [] : [{ finding, part }];
    });
    await run.store.saveNarratives(
      run.assessmentId,
      agent,
      rows.map(({ finding, part }) => ({ findingId: finding.id, part })),
    );
    for (const { finding, part } of rows) emitText(run, finding, part);
  }
}

const FIELDS = ['summary', 'threat', 'remediation', 'businessImpact'] as const;

function emitText(run: RunContext, finding: ScoredFinding, part: NarrativePart): void {
  for (const field of FIELDS) {
    const text = part[field];
    if (text !== undefined) run.emit({ type: 'narrative-delta', cveId: finding.cveId, field, text });
  }
}
