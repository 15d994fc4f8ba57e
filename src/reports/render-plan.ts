import type { Usage } from '../domain/assessment/schema.ts';

/** What of a plan a terminal shows. */
export interface ShownPlan {
  readonly findings: number;
  readonly requests: Readonly<Record<string, number>>;
  readonly languageModel: Pick<Usage['llm'], 'calls' | 'inputTokens' | 'outputTokens' | 'costUsd' | 'byModel'> & {
    readonly cappedFindings: number;
  };
  readonly notes: readonly string[];
}

/** A plan as lines of a terminal. */
export function renderPlan({ findings, requests, languageModel, notes }: ShownPlan): string {
  const { calls, inputTokens, outputTokens, costUsd, byModel, cappedFindings } = languageModel;
  const cost = costUsd === null ? 'at a price that is not known' : `about $${costUsd.toFixed(4)}`;
  const lines = [
    `Nothing was called. An assessment of ${findings} ${findings === 1 ? 'CVE' : 'CVEs'} would make`,
    `  requests, at most: ${Object.entries(requests)
      .map(([source, count]) => `${source} ${count}`)
      .join(', ')}`,
    calls === 0
      ? '  no call of a language model'
      : `  model calls: ${calls}, ${inputTokens} tokens in, ${outputTokens} out, ${cost}`,
    ...Object.entries(byModel).map(([model, entry]) => `    ${model}: ${(entry as { calls: number }).calls} calls`),
    ...(cappedFindings === 0 ? [] : [`  the cost cap would leave ${cappedFindings} findings to the rules`]),
    ...notes.map((note) => `  ${note}`),
  ];
  return `${lines.join('\n')}\n`;
}
