import { loadProcessConfig } from '../config/process-config.ts';
import { COST_GROUPS, type CostGroup } from '../domain/language-model/cost-group.ts';
import { type CostReport, renderCosts, toCostReport } from '../reports/render-costs.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { openOutput } from './open-output.ts';
import { withStore } from './with-store.ts';

/** `eras costs`: what the language model has cost, by day, model, agent and assessment, or by one of them. */
export async function runCosts(flags: {
  readonly by?: CostGroup;
  readonly format: 'table' | 'json';
}): Promise<ExitCode> {
  const output = openOutput(null);
  return withStore(loadProcessConfig(), async ({ ledger }) => {
    const groups = flags.by === undefined ? COST_GROUPS : [flags.by];
    const report: CostReport = {};
    for (const group of groups) report[group] = toCostReport(await ledger.sumUp(group));
    await output.write(flags.format === 'json' ? `${JSON.stringify(report, null, 2)}\n` : renderCosts(report));
    return EXIT.done;
  });
}
