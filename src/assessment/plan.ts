import type { AssessmentHead, Usage } from '../domain/assessment/schema.ts';
import type { SourceName } from '../domain/source/lookup.ts';
import type { SourcePlan } from '../domain/source/source-plan.ts';

/** What an assessment would do, told before it does it (`--dry-run`). Money in USD, null where a price is not known. */
export interface Plan {
  readonly findings: number;
  /** CVEs of which nothing is at hand; they are judged at their worst until they are. */
  readonly unknownCves: number;
  /** Requests to each source where all goes well: what the mirror and the response cache hold needs none. */
  readonly requests: Readonly<Partial<Record<SourceName | 'osv', number>>>;
  readonly sources: readonly SourcePlan[];
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

/** What OSV would be asked about, and by how many requests at least. */
export interface AdvisoryPlan {
  readonly packages: number;
  readonly ids: number;
  readonly requests: number;
}

/** What a plan is made from, beside the rehearsal. */
export interface PlanParts {
  readonly sources: readonly SourcePlan[];
  readonly advisories: AdvisoryPlan;
  /** Whether there are incidents that a real run would read first. */
  readonly areIncidentsUnread: boolean;
}

/** A plan: where the facts would come from, and a rehearsal, which is the assessment as it went offline with a model that was never asked. */
export function toPlan({ request, usage, gaps }: AssessmentHead, parts: PlanParts): Plan {
  const { sources, advisories } = parts;
  const { calls, inputTokens, cacheReadTokens, cacheWriteTokens, outputTokens, costUsd, byModel, byAgent } = usage.llm;
  const unknown = gaps.filter(({ source }) => source === 'nvd').length;
  return {
    findings: request.cveIds.length,
    unknownCves: unknown,
    requests: {
      ...Object.fromEntries(sources.map(({ source, requests }) => [source, requests])),
      osv: advisories.requests,
    },
    sources,
    languageModel: {
      calls,
      inputTokens: inputTokens + cacheReadTokens + cacheWriteTokens,
      outputTokens,
      costUsd,
      byModel,
      byAgent,
      cappedFindings: gaps.filter(({ source, cveId }) => source === 'llm' && cveId !== null).length,
    },
    notes: notesOf(gaps, unknown, parts),
  };
}

function notesOf(
  gaps: AssessmentHead['gaps'],
  unknown: number,
  { advisories, areIncidentsUnread }: PlanParts,
): readonly string[] {
  const { packages, ids, requests } = advisories;
  const unread = areIncidentsUnread
    ? ['incidents of ServiceNow are not read for a plan: what they name comes on top']
    : gaps.flatMap(({ source, reason }) => (source === 'servicenow' ? [`ServiceNow: ${reason}`] : []));
  return [
    ...(unknown === 0
      ? []
      : [`${unknown} CVEs are not known here yet: what they will cost is estimated from their ids alone`]),
    ...(requests === 0
      ? []
      : [
          `OSV would be asked about ${packages} packages and ${ids} other ids, by ${requests} requests at least: what it names comes on top`,
        ]),
    ...unread,
  ];
}
