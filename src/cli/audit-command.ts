import { loadProcessConfig } from '../config/process-config.ts';
import { renderChainReport } from '../reports/render-chain-report.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { openOutput } from './open-output.ts';
import { withStore } from './with-store.ts';

/** `eras audit verify`: walks the audit log's hash chain; a broken link is a failure. */
export async function runAuditVerify(flags: { readonly format: 'table' | 'json' }): Promise<ExitCode> {
  const output = openOutput(null);
  return withStore(loadProcessConfig(), async ({ audit }) => {
    const report = await audit.verify();
    await output.write(flags.format === 'json' ? `${JSON.stringify(report, null, 2)}\n` : renderChainReport(report));
    return report.broken === null ? EXIT.done : EXIT.failed;
  });
}
