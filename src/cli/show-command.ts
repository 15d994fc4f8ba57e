import { unknownAssessment } from '../assessment/store-assessment.ts';
import { loadProcessConfig } from '../config/process-config.ts';
import { RiskError } from '../kernel/risk-error.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { chooseFormat } from './formats.ts';
import { openOutput } from './open-output.ts';
import { renderAssessment } from './render.ts';
import { withStore } from './with-store.ts';

/** `eras show` and `eras report`: renders a stored assessment. */
export async function runShow(
  id: string,
  flags: { readonly format?: string; readonly output?: string },
): Promise<ExitCode> {
  const config = loadProcessConfig();
  const output = openOutput(flags.output ?? null);
  const format = chooseFormat(flags.format, flags.output ?? null);
  return withStore(config, async ({ assessments }) => {
    const stored = await assessments.findAssessment(id);
    if (stored === null) throw unknownAssessment(id);
    const { head, status } = stored;
    if (head === null) {
      const hint = status === 'interrupted' || status === 'failed' ? `; eras assess --resume ${id} goes on` : '';
      throw new RiskError({ code: 'BAD_INPUT', message: `the assessment ${id} has no result: it is ${status}${hint}` });
    }
    await renderAssessment(head, assessments, format, output);
    return EXIT.done;
  });
}
