import type { Check, Diagnosis, QuickWin } from '../assessment/doctor.ts';
import { loadProcessConfig } from '../config/process-config.ts';
import { diagnoseInstallation } from '../runtime/diagnose-installation.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { openOutput } from './open-output.ts';
import { VERSION } from './version.ts';

/** `eras doctor`: exit 1 where something needed is broken. */
export async function runDoctor(flags: { readonly json?: boolean; readonly offline?: boolean }): Promise<ExitCode> {
  const config = loadProcessConfig();
  const diagnosis = await diagnoseInstallation(
    { ...config, offline: config.offline || flags.offline === true },
    VERSION,
  );
  await openOutput(null).write(flags.json ? `${JSON.stringify(diagnosis, null, 2)}\n` : renderDiagnosis(diagnosis));
  return diagnosis.ok ? EXIT.done : EXIT.failed;
}

function renderDiagnosis({ version, checks, quickWins, ok, next }: Diagnosis): string {
  const verdict = ok ? 'Everything needed works.' : 'Something needed is broken: see "fail" above.';
  const steps = next.length === 0 ? [] : ['', 'What to do next:', ...next.map((step, at) => `${at + 1}. ${step}`)];
  const lines = [
    `ERAS ${version}`,
    '',
    ...checks.flatMap(renderCheck),
    '',
    'Optimisations:',
    ...quickWins.flatMap(renderWin),
    '',
    verdict,
    ...steps,
  ];
  return `${lines.join('\n')}\n`;
}

function renderCheck({ name, status, detail, fix }: Check): string[] {
  const line = `${status.padEnd(4)}  ${name}: ${detail}`;
  return fix === null ? [line] : [line, `      → ${fix}`];
}

function renderWin({ name, on, saves, howTo }: QuickWin): string[] {
  const line = `${on ? 'on ' : 'off'}   ${name}; saves: ${saves}`;
  return on ? [line] : [line, `      → ${howTo}`];
}
