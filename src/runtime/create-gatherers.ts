import { type AttackLibrary, isAttackAtHand, loadAttackLibrary } from '../agents/intelligence/attack-library.ts';
import { CATALOGUE_LIFETIME_MS, NVD_LIFETIME_MS } from '../agents/intelligence/freshness.ts';
import type { GatherCall, Gatherer } from '../agents/intelligence/gatherer.ts';
import { createKevGatherer } from '../agents/intelligence/kev-gatherer.ts';
import { createRecordGatherer } from '../agents/intelligence/record-gatherer.ts';
import { createThreatGatherer } from '../agents/threat/gather.ts';
import type { Snapshot } from '../domain/snapshot/snapshot.ts';
import type { Clock } from '../kernel/clock.ts';
import { once } from '../kernel/once.ts';
import type { Cache } from '../ports/cache.ts';
import type { Mirror } from '../ports/mirror.ts';
import type { ThreatModel } from '../scoring/threat-mapping/threat-model.ts';
import { bundledAttack } from './bundled-data.ts';
import type { Sources } from './create-sources.ts';

/** Where facts can come from. */
export interface GathererParts {
  readonly sources: Sources;
  readonly cache: Cache;
  readonly mirror: Mirror;
  readonly clock: Clock;
  /** Whether the user said where ATT&CK is. */
  readonly isAttackNamed: boolean;
  /** Read at the first call, and then there. */
  readonly loadSnapshot: () => Snapshot;
  readonly loadThreatModel: () => ThreatModel;
}

/** The gatherers of both agents, and the ATT&CK release that they and scoring share. */
export interface Gatherers {
  readonly vulnerability: readonly Gatherer[];
  readonly threat: readonly Gatherer[];
  readonly loadLibrary: (call: GatherCall) => Promise<AttackLibrary>;
}

/** Puts together what gathers for one run. */
export function createGatherers(parts: GathererParts, offline: boolean): Gatherers {
  const { sources, cache, mirror, loadSnapshot, loadThreatModel, clock } = parts;
  const shared = { cache, mirror, clock, offline };
  const loadLibrary = once((call: GatherCall) =>
    loadAttackLibrary(
      {
        ...shared,
        isNamed: parts.isAttackNamed,
        source: sources.attack,
        snapshot: bundledAttack,
      },
      call,
    ),
  );
  return {
    vulnerability: [
      createRecordGatherer({
        ...shared,
        source: sources.nvd,
        namespace: 'nvd_cve',
        wholeLifetimeMs: NVD_LIFETIME_MS,
        asksForNew: true,
        snapshot: (cveId) => loadSnapshot().nvd(cveId),
      }),
      createRecordGatherer({
        ...shared,
        source: sources.cveOrg,
        namespace: 'ssvc',
        snapshot: (cveId) => loadSnapshot().ssvc(cveId),
      }),
      createRecordGatherer({
        ...shared,
        source: sources.epss,
        namespace: 'epss',
        snapshot: (cveId) => loadSnapshot().epss(cveId),
        wholeLifetimeMs: CATALOGUE_LIFETIME_MS.epss,
      }),
      createKevGatherer({
        ...shared,
        source: sources.kev,
        snapshot: (cveId) => loadSnapshot().kev(cveId),
        countBundled: () => countKev(loadSnapshot()),
      }),
    ],
    threat: [
      createThreatGatherer({
        isLibraryAtHand: () => isAttackAtHand(shared),
        loadLibrary,
        publishedMappings: (cveId) => loadSnapshot().mappings(cveId),
        prepare: () => {
          loadSnapshot();
          loadThreatModel();
        },
      }),
    ],
    loadLibrary,
  };
}

function countKev({ cveIds, kev }: Snapshot): number {
  return cveIds.filter((cveId) => kev(cveId).kind === 'found').length;
}
