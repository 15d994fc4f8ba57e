import type { CveId } from '../../domain/cve/cve-id.ts';
import type { Lookup, SourceName } from '../../domain/source/lookup.ts';
import type { SourcePlan } from '../../domain/source/source-plan.ts';
import type { GatheredAnswer } from '../../ports/assessment-store.ts';
import type { SourceCall } from '../../ports/vulnerability-source.ts';

/** What a run hands to each gatherer. */
export interface GatherCall extends SourceCall {
  /** Told of anything that the reader of the assessment should know and that is no gap. */
  readonly warn: (message: string) => void;
  /** When the run began: what was fetched since, by whichever process, counts as live. */
  readonly since: Date;
  /** Told of each batch that a source was asked for: how many of it the source does not know, and how many of these it seems to have known before. */
  readonly onAsked?: (batch: { readonly asked: number; readonly unknown: number; readonly odd: number }) => void;
  /** Told where the answers will come from, before any is asked for. */
  readonly onPlan?: (plan: SourcePlan) => void;
}

/** Facts of one source from wherever they can be had: answers each id exactly once, and throws only when cancelled. */
export interface Gatherer<Rec = unknown> {
  readonly name: SourceName;
  /** Where the answers would come from: looks at what is at hand, and asks no source. */
  plan(cveIds: readonly CveId[]): Promise<SourcePlan>;
  /** What is at hand, whatever its age: of answers that were not kept with the assessment. */
  recall(cveIds: readonly CveId[], call: GatherCall): Promise<readonly GatheredAnswer<Rec>[]>;
  gather(cveIds: readonly CveId[], call: GatherCall): AsyncIterable<readonly Gathered<Rec>[]>;
}

/** Says that the answer can be had again at any time (`recall`), so that it need not be kept with the assessment. */
export interface AtHand {
  readonly cveId: CveId;
  readonly isAtHand: true;
}

/** What a gatherer hands over for a CVE. */
export type Gathered<Rec = unknown> = GatheredAnswer<Rec> | AtHand;

/** An answer that lacks nothing and needs no keeping; what is missing has its reason kept. */
export function asAtHand<Rec>(answer: GatheredAnswer<Rec>): Gathered<Rec> {
  return answer.gap === null ? { cveId: answer.cveId, isAtHand: true } : answer;
}

/** Whether an answer is to be kept. */
export function isKept<Rec>(gathered: Gathered<Rec>): gathered is GatheredAnswer<Rec> {
  return !('isAtHand' in gathered);
}

/** Where a copy that somebody fetched at `at` comes from, as a run sees it: what was fetched since it began is live, whoever keeps it. */
export function originOf<Kept extends 'cache' | 'mirror'>(kept: Kept, at: string, since: Date): Kept | 'live' {
  return Date.parse(at) >= since.getTime() ? 'live' : kept;
}

/** Why nothing was asked over the network. */
export const OFFLINE_REASON = 'offline: neither the mirror nor the bundled snapshot has it';

/**
 * The answer where the source itself did not give one: the newer of the mirror's copy and the bundled snapshot's, else nothing. Older
 * facts from the mirror are no gap (the document says how old they are); the snapshot in place of a source that failed is.
 */
export function standIn<Rec>(
  cveId: CveId,
  mirrored: Lookup<Rec> | null,
  snapshot: Lookup<Rec>,
  failure: string | null,
): GatheredAnswer<Rec> {
  if (mirrored !== null && !isNewer(snapshot, mirrored)) return { cveId, lookup: mirrored, gap: null };
  if (snapshot.kind !== 'unavailable') {
    const day = snapshot.provenance.at.slice(0, 10);
    return {
      cveId,
      lookup: snapshot,
      gap: failure === null ? null : `${failure}; facts of the bundled snapshot (${day}) stand in`,
    };
  }
  const reason = failure ?? OFFLINE_REASON;
  return { cveId, lookup: { kind: 'unavailable', reason }, gap: reason };
}

/** Whether one answer is of a later moment than another: after an upgrade of ERAS the snapshot may know more than an old mirror. */
function isNewer(one: Lookup<unknown>, other: Lookup<unknown>): boolean {
  if (one.kind === 'unavailable') return false;
  return other.kind === 'unavailable' || one.provenance.at > other.provenance.at;
}
