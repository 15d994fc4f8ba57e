import type { NarrativeAgent, NarrativePart, ScoredFinding } from '../ports/assessment-store.ts';
import type { RunContext } from './supervisor/run-context.ts';
import type { Told } from './writing/told.ts';

/** One agent's part of a finding's narrative. */
export interface WrittenPart {
  readonly finding: ScoredFinding;
  readonly part: NarrativePart;
}

/** Findings of a run that were cut out to be written by themselves, in one call where that is possible. */
export interface WritingShare {
  readonly findingIds: readonly string[];
  /** Those of the whole run that deserve deep thought; one by one, nobody could tell. */
  readonly deepIds: ReadonlySet<string>;
  /** Shares of the run: others ask with the same stable prompt. */
  readonly shares: number;
}

/**
 * Writes one agent's part of a page of findings, handing over some as soon as they are written. Rules are one writer; a language
 * model is another, and may fall back to them: the part says which it was.
 */
export interface NarrativeWriter {
  write(
    findings: readonly ScoredFinding[],
    run: RunContext,
    share?: WritingShare,
  ): AsyncIterable<readonly WrittenPart[]>;
  /** Writes without asking anybody, so that it can be done where the finding is at hand anyway; null: it cannot. */
  readonly atOnce: ((finding: ScoredFinding) => NarrativePart) | null;
}

/** A writer that needs nothing but the finding. */
export function byRules(write: (finding: ScoredFinding) => NarrativePart): NarrativeWriter {
  return {
    atOnce: write,
    async *write(findings) {
      yield findings.map((finding) => ({ finding, part: write(finding) }));
    },
  };
}

/**
 * An agent's second phase: writes what it has not written yet, of all findings or some of them, worst findings first, and stores whatever is ready, so
 * that none is paid for twice.
 */
export async function writeNarratives(
  run: RunContext,
  agent: NarrativeAgent,
  writer: NarrativeWriter,
  share?: WritingShare,
): Promise<void> {
  for await (const findings of run.store.readUnwritten(run.assessmentId, agent, share?.findingIds)) {
    run.signal.throwIfAborted();
    for await (const written of writer.write(findings, run, share)) {
      const rows = written.map(({ finding, part }) => ({ findingId: finding.id, part }));
      await run.store.saveNarratives(run.assessmentId, agent, rows);
      for (const one of written) tellRest(run.told, one);
    }
  }
}

const FIELDS = ['summary', 'threat', 'remediation', 'businessImpact'] as const;

/** What was not shown while it was written: rules' texts, cached ones, and what replaced what did not hold. */
function tellRest(told: Told, { finding, part }: WrittenPart): void {
  for (const field of FIELDS) {
    const text = part[field];
    if (text !== undefined) told.finish({ key: finding.id, cveId: finding.cveId, field }, text);
  }
}
