import type { Usage } from '../domain/assessment/schema.ts';
import type { SourcePlan } from '../domain/source/source-plan.ts';
import { SOURCE_TITLES } from '../domain/source/source-titles.ts';

/** What of a plan a terminal shows. */
export interface ShownPlan {
  readonly findings: number;
  readonly sources: readonly SourcePlan[];
  readonly languageModel: Pick<Usage['llm'], 'calls' | 'inputTokens' | 'outputTokens' | 'costUsd' | 'byModel'> & {
    readonly cappedFindings: number;
  };
  readonly notes: readonly string[];
}

/** A plan as lines of a terminal; `wasRead` names what was read for it, null where nothing was. */
export function renderPlan({ findings, sources, languageModel, notes }: ShownPlan, wasRead: string | null): string {
  const { calls, inputTokens, outputTokens, costUsd, byModel, cappedFindings } = languageModel;
  const cost = costUsd === null ? 'at a price that is not known' : `about USD ${costUsd.toFixed(4)}`;
  const lines = [
    `${wasRead === null ? 'Nothing was called.' : `${wasRead} was read; nothing was written, and nothing else called.`} ${assessmentOf(findings)}`,
    ...sources.map((plan) => `  ${describeSourcePlan(plan)}`),
    'and make',
    calls === 0
      ? '  no call of a language model'
      : `  model calls: ${calls}, ${inputTokens} tokens in, ${outputTokens} out, ${cost}`,
    ...Object.entries(byModel).map(([model, entry]) => `    ${model}: ${(entry as { calls: number }).calls} calls`),
    ...(cappedFindings === 0 ? [] : [`  the cost cap would leave ${cappedFindings} findings to the rules`]),
    ...notes.map((note) => `  ${note}`),
  ];
  return `${lines.join('\n')}\n`;
}

function assessmentOf(findings: number): string {
  return `An assessment of ${findings} ${findings === 1 ? 'CVE' : 'CVEs'} would take its facts`;
}

/** Where a source's answers come from, in a line. */
export function describeSourcePlan(plan: SourcePlan): string {
  const { source, local, cache, network, unknown, requests, atOnce, leastWaitMs } = plan;
  const parts = [
    local === 0 ? [] : [`${local} at hand`],
    cache === 0 ? [] : [`${cache} from the cache`],
    network === 0 ? [] : [`${network} by ${requests} ${requests === 1 ? 'request' : 'requests'}`],
    atOnce > 1 ? [`${atOnce} at once`] : [],
    leastWaitMs === 0 ? [] : [`at least ${Math.round(leastWaitMs / 1000)} s for its rate limit`],
    unknown === 0 ? [] : [`${unknown} not at hand`],
  ].flat();
  return `${SOURCE_TITLES[source]}: ${parts.length === 0 ? 'nothing to ask' : parts.join(', ')}`;
}
