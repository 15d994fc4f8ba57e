import type { DataAsOf, Gap } from '../../domain/assessment/schema.ts';
import type { CveId } from '../../domain/cve/cve-id.ts';
import { type Lookup, ORIGINS, type Origin, SOURCE_NAMES, type SourceName } from '../../domain/source/lookup.ts';
import { chunksOf } from '../../kernel/chunks-of.ts';
import type { GatheredAnswer } from '../../ports/assessment-store.ts';
import type { RunContext } from '../supervisor/run-context.ts';

/** How fresh the facts of a run are, and what is missing of them. */
export interface SourceSummary {
  readonly dataAsOf: DataAsOf;
  readonly gaps: readonly Gap[];
}

const CHUNK = 500;

/**
 * Goes over every stored answer: the worst origin and oldest date of each source, and a gap for each answer that lacks something. A
 * withdrawn id needs no more facts than that: what other sources lack about it is no gap.
 */
export async function collectSources(run: RunContext, withdrawn: ReadonlySet<string>): Promise<SourceSummary> {
  const freshness = new Map<SourceName, Freshness>();
  const gaps = new Map<CveId, Gap[]>();
  for (const source of SOURCE_NAMES) {
    for await (const { cveId, lookup, gap } of readAnswers(run, source, run.cveIds)) {
      freshness.set(source, worse(freshness.get(source), freshnessOf(lookup)));
      if (gap !== null && !withdrawn.has(cveId))
        gaps.set(cveId, [...(gaps.get(cveId) ?? []), { cveId, source, reason: gap }]);
    }
  }
  const of = (source: SourceName): Freshness => freshness.get(source) ?? { origin: 'unavailable', at: null };
  return {
    dataAsOf: { nvd: of('nvd'), kev: of('kev'), epss: of('epss'), ssvc: of('ssvc'), attack: of('attack') },
    gaps: run.cveIds.flatMap((cveId) => gaps.get(cveId) ?? []),
  };
}

async function* readAnswers(
  run: RunContext,
  source: SourceName,
  cveIds: readonly CveId[],
): AsyncGenerator<GatheredAnswer> {
  for (const chunk of chunksOf(cveIds, CHUNK)) {
    const answers = await run.store.loadAnswers(run.assessmentId, source, chunk);
    for (const cveId of chunk) yield answers.get(cveId) ?? UNANSWERED(cveId);
  }
}

interface Freshness {
  readonly origin: Origin;
  readonly at: string | null;
}

const UNANSWERED = (cveId: CveId): GatheredAnswer => ({
  cveId,
  lookup: { kind: 'unavailable', reason: 'the source gave no answer' },
  gap: 'the source gave no answer',
});

function freshnessOf(lookup: Lookup<unknown>): Freshness {
  return lookup.kind === 'unavailable' ? { origin: 'unavailable', at: null } : lookup.provenance;
}

/** The worse origin, and the older of the two dates (an answer that is missing has none). */
function worse(left: Freshness | undefined, right: Freshness): Freshness {
  if (left === undefined) return right;
  const origin = ORIGINS.indexOf(left.origin) >= ORIGINS.indexOf(right.origin) ? left.origin : right.origin;
  const [oldest] = [left.at, right.at].filter((at) => at !== null).sort();
  return { origin, at: oldest ?? null };
}
