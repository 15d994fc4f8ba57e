import type { AttackMapping } from '../../domain/attack/attack.ts';
import { type CveId, parseCveId } from '../../domain/cve/cve-id.ts';
import type { CveOrgRecord, NvdRecord } from '../../domain/cve/records.ts';
import type { EpssScore } from '../../domain/epss/epss-score.ts';
import type { CveFacts } from '../../domain/finding/cve-facts.ts';
import type { Subject } from '../../domain/finding/subject.ts';
import type { KevEntry } from '../../domain/kev/kev-entry.ts';
import { type Lookup, recordOf, type SourceName } from '../../domain/source/lookup.ts';
import type { GatheredAnswer } from '../../ports/assessment-store.ts';
import type { ThreatRecord } from '../threat/gather.ts';
import { factsOfReport, reportedFacts } from './facts-of-report.ts';
import type { ScoringParts, ScoringRun } from './scoring-parts.ts';

/** The facts of vulnerabilities, in their order: what the run has stored, what is at hand, and of ids without a CVE what was reported. */
export async function loadFacts(
  run: ScoringRun,
  ids: readonly string[],
  subjects: ReadonlyMap<string, readonly Subject[]>,
  parts: ScoringParts,
): Promise<CveFacts[]> {
  const cveIds = ids.filter((id) => parseCveId(id).ok) as CveId[];
  const load = async (source: SourceName) => {
    const kept = await run.store.loadAnswers(run.assessmentId, source, cveIds);
    const others = cveIds.filter((cveId) => !kept.has(cveId));
    if (others.length === 0) return kept;
    const recalled = await parts.recall(source, others);
    return new Map([...kept, ...recalled.map((answer) => [answer.cveId, answer] as const)]);
  };
  const [nvd, ssvc, kev, epss, attack] = [
    await load('nvd'),
    await load('ssvc'),
    await load('kev'),
    await load('epss'),
    await load('attack'),
  ];
  const asked = new Set<string>(cveIds);
  return ids.map((id) => {
    if (!asked.has(id)) return withTechniques(factsOfReport(id, subjects.get(id) ?? [], run.startedAt), [], parts);
    const cveId = id as CveId;
    const facts = {
      vulnerabilityId: id,
      nvd: lookupOf<NvdRecord>(nvd, cveId),
      ssvc: lookupOf<CveOrgRecord>(ssvc, cveId),
      kev: lookupOf<KevEntry>(kev, cveId),
      epss: lookupOf<EpssScore>(epss, cveId),
    };
    const isDescribed = facts.nvd.kind === 'found' || facts.ssvc.kind === 'found';
    // What CISA lists as exploited is not taken back by a record of others.
    const saying = (subjects.get(id) ?? []).filter(
      ({ register }) => register !== 'withdrawn' || facts.kev.kind !== 'found',
    );
    const reported = isDescribed ? {} : reportedFacts(saying, run.startedAt);
    return withTechniques(
      { ...facts, ...reported },
      recordOf(lookupOf<ThreatRecord>(attack, cveId))?.published ?? [],
      parts,
    );
  });
}

function withTechniques(
  facts: Omit<CveFacts, 'attack'>,
  published: readonly AttackMapping[],
  parts: Pick<ScoringParts, 'predictTechniques'>,
): CveFacts {
  return { ...facts, attack: published.length > 0 ? published : parts.predictTechniques(facts) };
}

/** The stored look-up; a missing row means that the source's gathering never answered, which is a gap, not an absence. */
function lookupOf<Rec>(answers: ReadonlyMap<CveId, GatheredAnswer>, cveId: CveId): Lookup<Rec> {
  const answer = answers.get(cveId) as GatheredAnswer<Rec> | undefined;
  return answer?.lookup ?? { kind: 'unavailable', reason: 'the source gave no answer' };
}
