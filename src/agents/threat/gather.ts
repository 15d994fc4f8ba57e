import type { AttackMapping } from '../../domain/attack/attack.ts';
import type { CveId } from '../../domain/cve/cve-id.ts';
import { planCatalogue } from '../../domain/source/source-plan.ts';
import { chunksOf } from '../../kernel/chunks-of.ts';
import type { GatheredAnswer } from '../../ports/assessment-store.ts';
import type { AttackLibrary } from '../intelligence/attack-library.ts';
import { asAtHand, type GatherCall, type Gatherer } from '../intelligence/gatherer.ts';

/** Answers that are in memory at once. */
const AT_ONCE = 1000;

/** What the threat agent gathers of one CVE: the techniques that others have published for it. */
export interface ThreatRecord {
  readonly published: readonly AttackMapping[];
}

/** Where the threat agent's facts come from. */
export interface ThreatGathererParts {
  /** Whether the release at hand is used without asking for a newer one. */
  readonly isLibraryAtHand: () => boolean;
  readonly loadLibrary: (call: GatherCall) => Promise<AttackLibrary>;
  readonly publishedMappings: (cveId: CveId) => readonly AttackMapping[];
  /** Work that scoring will need done; there is time for it while the network is waited for. */
  readonly prepare: () => void;
}

/** The threat agent's first phase: the ATT&CK release in force, and published mappings. Needs nothing of the vulnerability agent. */
export function createThreatGatherer(parts: ThreatGathererParts): Gatherer<ThreatRecord> {
  const plan = (cveIds: readonly CveId[]) => planCatalogue('attack', cveIds.length, parts.isLibraryAtHand());
  const { publishedMappings } = parts;
  return {
    name: 'attack',
    recall: async (cveIds, call) => answerFrom(publishedMappings, await parts.loadLibrary(call), cveIds),
    plan: async (cveIds) => plan(cveIds),
    async *gather(cveIds, call) {
      call.onPlan?.(plan(cveIds));
      const loading = parts.loadLibrary(call);
      // One turn of the event loop, so that every request is on its way first.
      await new Promise((resolve) => setImmediate(resolve));
      parts.prepare();
      for (const chunk of chunksOf(cveIds, AT_ONCE)) {
        yield answerFrom(publishedMappings, await loading, chunk).map(asAtHand);
      }
    },
  };
}

/** The published techniques of CVEs, as answers. */
export function answerFrom(
  publishedMappings: ThreatGathererParts['publishedMappings'],
  { provenance, gap }: Pick<AttackLibrary, 'provenance' | 'gap'>,
  cveIds: readonly CveId[],
): GatheredAnswer<ThreatRecord>[] {
  return cveIds.map((cveId) => ({
    cveId,
    lookup: { kind: 'found', record: { published: publishedMappings(cveId) }, provenance },
    gap,
  }));
}
