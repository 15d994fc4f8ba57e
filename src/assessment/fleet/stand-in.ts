import type { RunContext } from '../../agents/supervisor/run-context.ts';
import type { Agents } from '../../agents/supervisor/steps.ts';
import type { NarrativeWriter } from '../../agents/write-narratives.ts';
import { writeNarratives } from '../../agents/write-narratives.ts';
import { type Job, jobIdOf } from '../../domain/job/job.ts';
import { chunksOf } from '../../kernel/chunks-of.ts';
import { clipLine } from '../../kernel/clip.ts';
import type { NarrativeAgent } from '../../ports/assessment-store.ts';

/** Reasons come from anywhere. */
const LONGEST_REASON = 200;

/**
 * Says of each CVE that a failed job was to gather, and of which nothing is stored, that its sources gave no answer and why: the assessment goes on
 * with a gap, and what it cannot decide is incomplete.
 */
export async function standInForGathering(
  run: RunContext,
  agents: Agents,
  common: Job,
  failed: ReadonlyMap<string, string>,
  batchSize: number,
): Promise<void> {
  const batches = [...chunksOf(run.cveIds, batchSize)];
  for (const agent of ['vulnerability', 'threat'] as const) {
    for (const [batch, cveIds] of batches.entries()) {
      const why = failed.get(jobIdOf({ ...common, kind: 'gather', agent, batch, cveIds: [] }));
      if (why === undefined) continue;
      const reason = clipLine(`the job that asks the source failed for good: ${why}`, LONGEST_REASON);
      for (const { name } of agents[agent].gatherers) {
        const missing = await run.store.missingAnswers(run.assessmentId, name, cveIds);
        const answers = missing.map((cveId) => ({
          cveId,
          lookup: { kind: 'unavailable', reason } as const,
          gap: reason,
        }));
        await run.store.saveAnswers(run.assessmentId, name, answers, {});
      }
    }
  }
}

/** Has the rules write what failed jobs have left unwritten; each part says why. */
export async function standInForWriting(
  run: RunContext,
  rules: Readonly<Record<NarrativeAgent, NarrativeWriter>>,
  failed: ReadonlyMap<string, string>,
): Promise<void> {
  const [first] = failed.values();
  const note = clipLine(
    `the job that writes it failed for good, and rules wrote: ${first ?? 'nobody knows why'}`,
    LONGEST_REASON,
  );
  for (const agent of ['vulnerability', 'threat'] as const) {
    const { write } = rules[agent];
    await writeNarratives(run, agent, {
      atOnce: null,
      async *write(findings, context) {
        for await (const parts of write(findings, context)) {
          yield parts.map(({ finding, part }) => ({ finding, part: { ...part, notes: [...part.notes, note] } }));
        }
      },
    });
  }
}
