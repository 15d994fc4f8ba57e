import type { CostGroup } from '../domain/language-model/cost-group.ts';
import type { CostLine } from '../domain/language-model/cost-line.ts';
import { plainText } from './words.ts';

/** What a group of model calls came to, as the document names it. Money in USD, null where a price is not known. */
export interface CostEntry {
  readonly key: string;
  readonly calls: number;
  readonly inputTokens: number;
  readonly cacheWriteTokens: number;
  readonly cacheReadTokens: number;
  readonly outputTokens: number;
  readonly costUsd: number | null;
  readonly refusals: number;
  /** Calls whose cost nobody told, and the most that they cost. */
  readonly unfinished: { readonly calls: number; readonly mostUsd: number | null };
}

/** Costs by group. */
export type CostReport = Partial<Record<CostGroup, readonly CostEntry[]>>;

/** Ledger lines in the document's terms. */
export function toCostReport(lines: readonly CostLine[]): CostEntry[] {
  return lines.map(({ key, calls, usage, costUsd, refusals, unfinished }) => ({
    key,
    calls,
    inputTokens: usage.input,
    cacheWriteTokens: usage.cacheWrite5m + usage.cacheWrite1h,
    cacheReadTokens: usage.cacheRead,
    outputTokens: usage.output,
    costUsd,
    refusals,
    unfinished,
  }));
}

/** Costs as lines of a terminal, at most 100 columns. */
export function renderCosts(report: CostReport): string {
  const groups = Object.entries(report);
  if (groups.every(([, entries]) => entries.length === 0)) return 'No language model has been asked yet.\n';
  return groups.map(([group, entries]) => `by ${group}\n${entries.map(toLine).join('')}`).join('\n');
}

function toLine({
  key,
  calls,
  inputTokens,
  cacheWriteTokens,
  cacheReadTokens,
  outputTokens,
  costUsd,
  unfinished,
}: CostEntry) {
  const prompt = inputTokens + cacheWriteTokens + cacheReadTokens;
  const cost = costUsd === null ? 'price not known' : `USD ${costUsd.toFixed(4)}`;
  const open = unfinished.calls === 0 ? '' : `, ${unfinished.calls} of unknown cost`;
  return `  ${plainText(key, 40).padEnd(28)} ${String(calls).padStart(6)} calls${open}  ${prompt} in, ${outputTokens} out  ${cost}\n`;
}
