import { loadAttackLibrary } from '../agents/intelligence/attack-library.ts';
import { CATALOGUE_LIFETIME_MS, NVD_LIFETIME_MS } from '../agents/intelligence/freshness.ts';
import type { GatherCall } from '../agents/intelligence/gatherer.ts';
import { createKevGatherer } from '../agents/intelligence/kev-gatherer.ts';
import { createRecordGatherer } from '../agents/intelligence/record-gatherer.ts';
import type { Agents } from '../agents/supervisor/graph.ts';
import { createThreatGatherer } from '../agents/threat/gather.ts';
import type { AssessOptions } from '../assessment/assess.ts';
import type { LanguageModelConfig } from '../config/language-model-config.ts';
import type { AttackMapping } from '../domain/attack/attack.ts';
import type { CveFacts } from '../domain/finding/cve-facts.ts';
import type { Snapshot } from '../domain/snapshot/snapshot.ts';
import { recordOf } from '../domain/source/lookup.ts';
import type { Clock } from '../kernel/clock.ts';
import { once } from '../kernel/once.ts';
import type { CostLedger } from '../ports/cost-ledger.ts';
import type { LanguageModel } from '../ports/language-model.ts';
import type { Mirror } from '../ports/mirror.ts';
import type { LevelThresholds } from '../scoring/risk/level.ts';
import { predictTechniques } from '../scoring/threat-mapping/predict.ts';
import type { ThreatModel } from '../scoring/threat-mapping/threat-model.ts';
import type { Sources } from './create-sources.ts';
import { createWriters } from './create-writers.ts';
import type { MeteredCache } from './metered-cache.ts';

/** What the agents of a process are made of. */
export interface AgentParts {
  readonly sources: Sources;
  readonly cache: MeteredCache;
  readonly mirror: Mirror;
  readonly clock: Clock;
  readonly thresholds: LevelThresholds;
  readonly languageModel: LanguageModelConfig | null;
  readonly ledger: CostLedger;
  readonly rehearsal: LanguageModel | null;
  /** Whether the user said where ATT&CK is. */
  readonly isAttackNamed: boolean;
  /** Read at the first call, and then there. */
  readonly loadSnapshot: () => Snapshot;
  readonly loadThreatModel: () => ThreatModel;
}

/** Puts together the agents for one run. */
export async function createAgents(parts: AgentParts, options: AssessOptions): Promise<Agents> {
  const { offline, exposure } = options;
  const writers = await createWriters({ ...parts, config: parts.languageModel }, options);
  const { sources, cache, mirror, loadSnapshot, loadThreatModel, clock, thresholds } = parts;
  const shared = { cache, mirror, clock, offline };
  const loadLibrary = once((call: GatherCall) =>
    loadAttackLibrary(
      {
        ...shared,
        isNamed: parts.isAttackNamed,
        source: sources.attack,
        snapshot: () => ({ catalogue: loadSnapshot().attack, at: loadSnapshot().asOf.attack }),
      },
      call,
    ),
  );
  return {
    vulnerability: {
      gatherers: [
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
      write: writers.vulnerability,
    },
    threat: {
      gatherers: [
        createThreatGatherer({
          loadLibrary,
          publishedMappings: (cveId) => loadSnapshot().mappings(cveId),
          prepare: () => {
            loadSnapshot();
            loadThreatModel();
          },
        }),
      ],
      write: writers.threat,
    },
    scoring: async (call) => ({
      asset: { exposure, criticality: null, humanImpact: null, missionImpact: null },
      thresholds,
      library: await loadLibrary(call),
      predictTechniques: (facts) => predictFrom(facts, loadThreatModel()),
      cweName: (cweId) => loadSnapshot().cweName(cweId),
    }),
    report: {
      summarise: writers.summarise,
      ledger: parts.ledger,
      cacheUsage: cache.usage,
      cacheFailure: cache.failure,
    },
  };
}

function predictFrom(facts: Omit<CveFacts, 'attack'>, model: ThreatModel): readonly AttackMapping[] {
  const nvd = recordOf(facts.nvd);
  const cveOrg = recordOf(facts.ssvc);
  const kev = recordOf(facts.kev);
  const texts = [nvd?.description, cveOrg?.description, cveOrg?.title, kev?.vulnerabilityName, kev?.shortDescription];
  return predictTechniques(
    {
      texts: texts.filter((text) => typeof text === 'string'),
      cwes: [...new Set([...(nvd?.cwes ?? []), ...(cveOrg?.cwes ?? []), ...(kev?.cwes ?? [])])],
      cvssVectors: [...(nvd?.cvss ?? []), ...(cveOrg?.cvss ?? [])].map(({ vector }) => vector),
    },
    model,
  );
}

function countKev({ cveIds, kev }: Snapshot): number {
  return cveIds.filter((cveId) => kev(cveId).kind === 'found').length;
}
