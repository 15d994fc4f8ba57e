import { unknownAssessment } from '../assessment/store-assessment.ts';
import { loadProcessConfig } from '../config/process-config.ts';
import { RiskError } from '../kernel/risk-error.ts';
import type { Language } from '../reports/document/document.ts';
import { readEarlier } from './document-settings.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { chooseFormat, unheededOptions } from './formats.ts';
import { openOutput } from './open-output.ts';
import { renderAssessment } from './render.ts';
import { withStore } from './with-store.ts';

/** The options of `eras show` and `eras report`; the last three are the report's only. */
export interface ShowFlags {
  readonly format?: string;
  readonly output?: string;
  readonly template?: string;
  readonly lang?: Language;
  readonly since?: string;
}

/** `eras show` and `eras report`: renders a stored assessment. */
export async function runShow(id: string, flags: ShowFlags): Promise<ExitCode> {
  const config = loadProcessConfig();
  const output = openOutput(flags.output ?? null);
  const format = chooseFormat(flags.format, flags.output ?? null);
  const unheeded = unheededOptions(format, flags);
  if (unheeded !== null) process.stderr.write(`${unheeded}\n`);
  return withStore(config, async ({ assessments }) => {
    const stored = await assessments.findAssessment(id);
    if (stored === null) throw unknownAssessment(id);
    const { head, status } = stored;
    if (head === null) {
      const hint = status === 'interrupted' || status === 'failed' ? `; eras assess --resume ${id} goes on` : '';
      throw new RiskError({ code: 'BAD_INPUT', message: `the assessment ${id} has no result: it is ${status}${hint}` });
    }
    try {
      await renderAssessment(head, assessments, format, output, config, {
        template: flags.template ?? null,
        language: flags.lang ?? null,
        earlier: flags.since === undefined ? null : await readEarlier(head, flags.since, assessments),
      });
    } catch (error) {
      output.discard();
      throw error;
    }
    return EXIT.done;
  });
}
