import type { AttackMapping } from '../../domain/attack/attack.ts';
import type { CveId } from '../../domain/cve/cve-id.ts';
import { planCatalogue } from '../../domain/source/source-plan.ts';
import { chunksOf } from '../../kernel/chunks-of.ts';
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
  const answer = (cveIds: readonly CveId[], { provenance, gap }: AttackLibrary) =>
    cveIds.map((cveId) => {
      const published = parts.publishedMappings(cveId);
      return { cveId, lookup: { kind: 'found', record: { published }, provenance }, gap } as const;
    });
  return {
    name: 'attack',
    recall: async (cveIds, call) => answer(cveIds, await parts.loadLibrary(call)),
    plan: async (cveIds) => plan(cveIds),
    async *gather(cveIds, call) {
      call.onPlan?.(plan(cveIds));
      const loading = parts.loadLibrary(call);
      // One turn of the event loop, so that every request is on its way first.
      await new Promise((resolve) => setImmediate(resolve));
      parts.prepare();
      for (const chunk of chunksOf(cveIds, AT_ONCE)) yield answer(chunk, await loading).map(asAtHand);
    },
  };
}
