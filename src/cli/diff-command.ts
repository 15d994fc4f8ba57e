import { unknownAssessment } from '../assessment/store-assessment.ts';
import { loadProcessConfig } from '../config/process-config.ts';
import { diffAssessments } from '../domain/assessment/diff.ts';
import { RiskError } from '../kernel/risk-error.ts';
import { renderDiff } from '../reports/render-diff.ts';
import type { OpenStore } from '../runtime/open-store.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { readStates } from './read-states.ts';
import { withStore } from './with-store.ts';

/** `eras diff`: what changed between two stored assessments. */
export async function runDiff(
  fromId: string,
  toId: string,
  { format }: { readonly format: string },
): Promise<ExitCode> {
  return withStore(loadProcessConfig(), async ({ assessments }) => {
    const [from, to] = [await findEnd(assessments, fromId), await findEnd(assessments, toId)];
    const diff = diffAssessments(await readStates(assessments, fromId), await readStates(assessments, toId));
    const ends = { from, to };
    process.stdout.write(
      format === 'json' ? `${JSON.stringify({ ...ends, ...diff }, null, 2)}\n` : renderDiff(ends, diff),
    );
    return EXIT.done;
  });
}

/** @throws RiskError `BAD_INPUT` where there is no such assessment, or it has not come to its end */
async function findEnd(assessments: OpenStore['assessments'], id: string) {
  const stored = await assessments.findAssessment(id);
  if (stored === null) throw unknownAssessment(id);
  if (stored.head === null)
    throw new RiskError({ code: 'BAD_INPUT', message: `the assessment ${id} has no result: it is ${stored.status}` });
  return { id, createdAt: stored.createdAt };
}
