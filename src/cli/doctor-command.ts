import type { Diagnosis } from '../assessment/doctor.ts';
import { loadProcessConfig } from '../config/process-config.ts';
import { diagnoseInstallation } from '../runtime/diagnose-installation.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { openOutput } from './open-output.ts';
import { VERSION } from './version.ts';

/** `eras doctor`: exit 1 where something needed is broken. */
export async function runDoctor(flags: { readonly json?: boolean }): Promise<ExitCode> {
  const diagnosis = await diagnoseInstallation(loadProcessConfig(), VERSION);
  await openOutput(null).write(flags.json ? `${JSON.stringify(diagnosis, null, 2)}\n` : renderDiagnosis(diagnosis));
  return diagnosis.ok ? EXIT.done : EXIT.failed;
}

function renderDiagnosis({ version, checks, quickWins, ok }: Diagnosis): string {
  const lines = [`ERAS ${version}`, ''];
  for (const { name, status, detail, fix } of checks) {
    lines.push(`${status.padEnd(4)}  ${name}: ${detail}`);
    if (fix !== null) lines.push(`      → ${fix}`);
  }
  lines.push('', 'Optimisations:');
  for (const { name, on, saves, howTo } of quickWins)
    lines.push(`${on ? 'on ' : 'off'}   ${name} (saves ${saves})${on ? '' : ` → ${howTo}`}`);
  return `${lines.join('\n')}\n\n${ok ? 'Everything needed works.' : 'Something needed is broken: see "fail" above.'}\n`;
}
