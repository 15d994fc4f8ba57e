import type { Usage } from '../../domain/assessment/schema.ts';
import type { CostLine, CostTotals } from '../../domain/language-model/cost-line.ts';
import type { CostLedger } from '../../ports/cost-ledger.ts';

/** What an assessment's model calls came to, and what a reader of the costs must know beside them. */
export interface ModelUsage {
  readonly usage: Omit<Usage['llm'], 'groundingViolations'>;
  readonly warnings: readonly string[];
}

/** Reads the ledger for one assessment, resumed runs included. */
export async function readModelUsage(ledger: CostLedger, assessmentId: string): Promise<ModelUsage> {
  const [total] = await ledger.sumUp('assessment', { assessmentId });
  const models = await ledger.sumUp('model', { assessmentId });
  const agents = await ledger.sumUp('agent', { assessmentId });
  return {
    usage: {
      ...(total === undefined ? NOTHING : describe(total)),
      byModel: byKey(models),
      byAgent: byKey(agents),
      refusals: total?.refusals ?? 0,
    },
    warnings: [...models.filter(({ costUsd }) => costUsd === null).map(warnOfPrice), ...warnOfUnknown(total)],
  };
}

const NOTHING = { calls: 0, inputTokens: 0, cacheWriteTokens: 0, cacheReadTokens: 0, outputTokens: 0, costUsd: 0 };

function byKey(lines: readonly CostLine[]): Record<string, ReturnType<typeof describe>> {
  return Object.fromEntries(lines.map((line) => [line.key, describe(line)]));
}

function describe({ calls, usage, costUsd }: CostTotals): Omit<typeof NOTHING, 'costUsd'> & { costUsd: number | null } {
  const { input, cacheWrite5m, cacheWrite1h, cacheRead, output } = usage;
  return {
    calls,
    inputTokens: input,
    cacheWriteTokens: cacheWrite5m + cacheWrite1h,
    cacheReadTokens: cacheRead,
    outputTokens: output,
    costUsd,
  };
}

function warnOfPrice({ key }: CostLine): string {
  return `language model: the price of ${key} is not known, so the cost is not either`;
}

function warnOfUnknown(total: CostTotals | undefined): string[] {
  if (total === undefined || total.unfinished.calls === 0) return [];
  const { calls, mostUsd } = total.unfinished;
  const most = mostUsd === null ? 'nobody can say how much' : `at most USD ${mostUsd.toFixed(4)}`;
  return [
    `language model: ${calls} ${calls === 1 ? 'call' : 'calls'} brought no whole answer and no bill; they may cost ${most} beside what is counted`,
  ];
}
