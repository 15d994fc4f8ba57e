import type { CveId } from '../../domain/cve/cve-id.ts';
import type { Lookup, SourceAnswer, SourceName } from '../../domain/source/lookup.ts';
import type { SourcePlan } from '../../domain/source/source-plan.ts';
import { chunksOf } from '../../kernel/chunks-of.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { GatheredAnswer } from '../../ports/assessment-store.ts';
import type { Cache, CachedValue, CacheNamespace } from '../../ports/cache.ts';
import type { Mirror, MirroredAnswer } from '../../ports/mirror.ts';
import type { RecordSource } from '../../ports/vulnerability-source.ts';
import { isFresh } from './freshness.ts';
import { type GatherCall, type Gathered, type Gatherer, isKept, originOf, standIn } from './gatherer.ts';

/** Where a source's records can come from. */
export interface RecordGathererParts<Rec> {
  readonly source: RecordSource<Rec>;
  readonly namespace: CacheNamespace;
  readonly cache: Cache;
  readonly mirror: Mirror;
  readonly snapshot: (cveId: CveId) => Lookup<Rec>;
  readonly clock: Clock;
  readonly offline: boolean;
  /** How long a copy that was loaded whole is as good as new, milliseconds; none: the source cannot be loaded whole. */
  readonly wholeLifetimeMs?: number;
  /** Whether what such a copy does not hold may have been published since, and is asked for. */
  readonly asksForNew?: boolean;
}

const LOST = 'the source answered "not found", and not in its own words, of a CVE of which an earlier copy is at hand';

/** What the response cache keeps of an answer; null: the source was read and does not know the CVE. */
type CachedRecord<Rec> = { readonly record: Rec | null };

/** Records that are in memory at once: a large assessment never holds all of its own. */
const AT_ONCE = 200;

/** What needs no request, and what does. */
interface Look<Rec> {
  readonly mirrored: Gathered<Rec>[];
  readonly cached: GatheredAnswer<Rec>[];
  readonly missing: readonly CveId[];
}

/** Facts of a source that answers per CVE: response cache, then the source, then the mirror, then the snapshot. */
export function createRecordGatherer<Rec>(parts: RecordGathererParts<Rec>): Gatherer<Rec> {
  const { source, namespace, cache, mirror, clock } = parts;

  const fallBack = (cveIds: readonly CveId[], failures: ReadonlyMap<CveId, string>) =>
    recallRecords<Rec>(parts, source.name, cveIds, (cveId) => failures.get(cveId) ?? null);

  /** Whether an earlier copy shows that the source did know a CVE. */
  function isHeld(cveId: CveId): boolean {
    return mirror.findHeld(source.name, [cveId]).get(cveId)?.kind === 'found' || parts.snapshot(cveId).kind === 'found';
  }

  /** Keeps what a batch knows, and looks elsewhere for what the source could not say. */
  async function keepBatch(batch: readonly SourceAnswer<Rec>[]): Promise<GatheredAnswer<Rec>[]> {
    const at = clock.now().toISOString();
    const rows: { cveId: CveId; record: Rec | null }[] = [];
    const failures = new Map<CveId, string>();
    for (const answer of batch) {
      if (answer.kind === 'unavailable') failures.set(answer.cveId, answer.reason);
      else if (answer.kind === 'absent' && answer.isDoubtful === true && isHeld(answer.cveId))
        failures.set(answer.cveId, LOST);
      else rows.push({ cveId: answer.cveId, record: answer.kind === 'found' ? answer.record : null });
    }
    mirror.saveRecords(source.name, rows, at);
    const entries = rows.map(({ cveId, record }) => ({
      key: cveId,
      value: { record },
      isNegative: record === null,
      storedAt: at,
    }));
    await cache.setMany<CachedRecord<Rec>>(namespace, entries);
    const live = rows.map(({ cveId, record }) => toAnswer(cveId, record, { origin: 'live', at }));
    return [...live, ...fallBack([...failures.keys()], failures)];
  }

  async function* gatherLive(cveIds: readonly CveId[], call: GatherCall): AsyncGenerator<GatheredAnswer<Rec>[]> {
    let servedOld = 0;
    for await (const batch of source.lookUp(cveIds, call)) {
      const answers = await keepBatch(batch);
      servedOld += answers.filter(isFromMirror).length;
      const absent = batch.flatMap((answer) => (answer.kind === 'absent' ? [answer] : []));
      const odd = absent.filter(({ isDoubtful, cveId }) => isDoubtful === true || isHeld(cveId)).length;
      call.onAsked?.({ asked: batch.length, unknown: absent.length, odd });
      yield answers;
    }
    if (servedOld > 0) {
      call.warn(`${source.name}: the source failed; older facts from the mirror stand in for ${servedOld} CVEs`);
    }
  }

  /** Whether the source was loaded whole (`eras sync`) so lately that asking it again would bring nothing new. */
  function isMirroredWhole(): boolean {
    const state = mirror.findState(source.name);
    return state !== null && isFresh(state.fetchedAt, parts.wholeLifetimeMs ?? 0, clock.now());
  }

  return {
    name: source.name,
    recall: async (cveIds) => fallBack(cveIds, new Map()),
    async plan(cveIds) {
      const count = createCount();
      for (const chunk of chunksOf(cveIds, AT_ONCE)) count.add(await lookAtHand(chunk, clock.now()));
      return count.plan();
    },
    async *gather(cveIds, call) {
      const count = createCount();
      const missing: CveId[] = [];
      for (const chunk of chunksOf(cveIds, AT_ONCE)) {
        const look = await lookAtHand(chunk, call.since);
        count.add(look);
        missing.push(...look.missing);
        if (look.mirrored.length > 0) yield look.mirrored;
        if (look.cached.length > 0) yield look.cached;
      }
      call.onPlan?.(count.plan());
      if (missing.length > 0) yield* gatherMissing(missing, call);
    },
  };

  /** Counts what is at hand, chunk by chunk. */
  function createCount() {
    let [local, unknown, cached, network] = [0, 0, 0, 0];
    return {
      add(look: Look<Rec>) {
        const lacking = look.mirrored.filter(isKept).length;
        unknown += lacking;
        local += look.mirrored.length - lacking;
        cached += look.cached.length;
        network += look.missing.length;
      },
      plan: (): SourcePlan => ({
        source: source.name,
        local,
        cache: cached,
        network,
        unknown,
        ...source.planFor(network),
      }),
    };
  }

  /** The answers that need no request: from the mirror where it was loaded whole or nothing may be asked, then from the cache. */
  async function lookAtHand(cveIds: readonly CveId[], since: Date): Promise<Look<Rec>> {
    const isWhole = isMirroredWhole();
    if (parts.offline || (isWhole && parts.asksForNew !== true)) {
      return { mirrored: lookLocally(cveIds), cached: [], missing: [] };
    }
    const mirrored = isWhole ? foundInMirror(cveIds) : [];
    const known = new Set(mirrored.map(({ cveId }) => cveId));
    const further = cveIds.filter((cveId) => !known.has(cveId));
    const hits = await cache.getMany<CachedRecord<Rec>>(namespace, further);
    return { mirrored, cached: toCachedAnswers(hits, since), missing: further.filter((cveId) => !hits.has(cveId)) };
  }

  /** What the mirror or the snapshot can give again, and what neither has. */
  function lookLocally(cveIds: readonly CveId[]): Gathered<Rec>[] {
    const held = mirror.findHeld(source.name, cveIds);
    return cveIds.map((cveId) => {
      const { lookup, gap } = standIn<unknown>(cveId, fromMirror(held.get(cveId)), parts.snapshot(cveId), null);
      return lookup.kind === 'unavailable' ? { cveId, lookup, gap } : { cveId, isAtHand: true };
    });
  }

  function foundInMirror(cveIds: readonly CveId[]): Gathered<Rec>[] {
    const held = [...mirror.findHeld(source.name, cveIds)];
    return held.flatMap(([cveId, { kind }]) => (kind === 'found' ? [{ cveId, isAtHand: true }] : []));
  }

  async function* gatherMissing(cveIds: readonly CveId[], call: GatherCall): AsyncGenerator<GatheredAnswer<Rec>[]> {
    const claim = await cache.claim(namespace, cveIds);
    try {
      const mine = claim.mine as readonly CveId[];
      // Whoever had the claim before may have landed between the look and the claim.
      const landed = cache.isShared
        ? await cache.getMany<CachedRecord<Rec>>(namespace, mine, { isSecond: true })
        : new Map();
      if (landed.size > 0) yield toCachedAnswers(landed, call.since);
      const rest = mine.filter((cveId) => !landed.has(cveId));
      if (rest.length > 0) yield* gatherLive(rest, call);
    } finally {
      await claim.release();
    }
    if (claim.others.length > 0) yield* gatherLanded(claim.others as readonly CveId[], call);
  }

  /** What another run has under way is taken from the cache when it lands; what it could not bring is asked for after all. */
  async function* gatherLanded(cveIds: readonly CveId[], call: GatherCall): AsyncGenerator<GatheredAnswer<Rec>[]> {
    const landed = await cache.awaitLanding<CachedRecord<Rec>>(namespace, cveIds, call.signal);
    const answers = toCachedAnswers(landed, call.since);
    if (answers.length > 0) yield answers;
    const rest = cveIds.filter((cveId) => !landed.has(cveId));
    if (rest.length > 0) yield* gatherLive(rest, call);
  }
}

/** What the mirror or the snapshot has of a source, where the source itself gave no answer for the reason that `failureOf` gives. */
export function recallRecords<Rec>(
  { mirror, snapshot }: Pick<RecordGathererParts<Rec>, 'mirror' | 'snapshot'>,
  source: SourceName,
  cveIds: readonly CveId[],
  failureOf: (cveId: CveId) => string | null = () => null,
): GatheredAnswer<Rec>[] {
  const mirrored = mirror.findRecords<Rec>(source, cveIds);
  return cveIds.map((cveId) => standIn(cveId, fromMirror(mirrored.get(cveId)), snapshot(cveId), failureOf(cveId)));
}

function toCachedAnswers<Rec>(
  cached: ReadonlyMap<string, CachedValue<CachedRecord<Rec>>>,
  since: Date,
): GatheredAnswer<Rec>[] {
  return [...cached].map(([cveId, { value, storedAt }]) =>
    toAnswer(cveId as CveId, value.record, { origin: originOf('cache', storedAt, since), at: storedAt }),
  );
}

function isFromMirror({ lookup }: GatheredAnswer): boolean {
  return lookup.kind !== 'unavailable' && lookup.provenance.origin === 'mirror';
}

function toAnswer<Rec>(
  cveId: CveId,
  record: Rec | null,
  provenance: { readonly origin: 'live' | 'cache'; readonly at: string },
): GatheredAnswer<Rec> {
  const lookup: Lookup<Rec> = record === null ? { kind: 'absent', provenance } : { kind: 'found', record, provenance };
  return { cveId, lookup, gap: null };
}

/** A mirrored answer as a look-up, or null where the mirror has none. */
export function fromMirror<Rec>(mirrored: MirroredAnswer<Rec> | undefined): Lookup<Rec> | null {
  if (mirrored === undefined) return null;
  const provenance = { origin: 'mirror', at: mirrored.fetchedAt } as const;
  return mirrored.kind === 'found'
    ? { kind: 'found', record: mirrored.record, provenance }
    : { kind: 'absent', provenance };
}
