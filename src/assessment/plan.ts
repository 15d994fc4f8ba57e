import type { AssessmentHead, Usage } from '../domain/assessment/schema.ts';
import type { SourceName } from '../domain/source/lookup.ts';

/** What an assessment would do, told before it does it (`--dry-run`). Money in USD, null where a price is not known. */
export interface Plan {
  readonly findings: number;
  /** Requests to each source at most: what the mirror and the response cache hold needs none. */
  readonly requests: Readonly<Record<SourceName, number>>;
  readonly languageModel: {
    readonly calls: number;
    readonly inputTokens: number;
    readonly outputTokens: number;
    readonly costUsd: number | null;
    readonly byModel: Usage['llm']['byModel'];
    readonly byAgent: Usage['llm']['byAgent'];
    /** Findings that the cost cap would leave to the rules. */
    readonly cappedFindings: number;
  };
  readonly notes: readonly string[];
}

/** Ids that NVD and EPSS take in one request. */
const IDS_PER_REQUEST = 100;

/** A plan from a rehearsal: the assessment as it went offline, with a model that was never asked. */
export function toPlan({ request, usage, gaps }: AssessmentHead, isOffline: boolean): Plan {
  const count = request.cveIds.length;
  const lists = Math.ceil(count / IDS_PER_REQUEST);
  const { calls, inputTokens, cacheReadTokens, cacheWriteTokens, outputTokens, costUsd, byModel, byAgent } = usage.llm;
  const unknown = gaps.filter(({ source }) => source === 'nvd').length;
  return {
    findings: count,
    requests: isOffline
      ? { nvd: 0, kev: 0, epss: 0, ssvc: 0, attack: 0 }
      : { nvd: lists, kev: 1, epss: lists, ssvc: count, attack: 1 },
    languageModel: {
      calls,
      inputTokens: inputTokens + cacheReadTokens + cacheWriteTokens,
      outputTokens,
      costUsd,
      byModel,
      byAgent,
      cappedFindings: gaps.filter(({ source, cveId }) => source === 'llm' && cveId !== null).length,
    },
    notes:
      unknown === 0
        ? []
        : [`${unknown} CVEs are not known here yet: what they will cost is estimated from their ids alone`],
  };
}
