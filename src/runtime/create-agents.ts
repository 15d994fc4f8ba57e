import type { HireCrew } from '../agents/scoring/scoring-crew.ts';
import type { ScoringParts } from '../agents/scoring/scoring-parts.ts';
import type { Agents } from '../agents/supervisor/steps.ts';
import type { AssessOptions } from '../assessment/assess-options.ts';
import type { LanguageModelConfig } from '../config/language-model-config.ts';
import type { LossPolicy } from '../domain/fair/loss-policy.ts';
import type { CostLedger } from '../ports/cost-ledger.ts';
import type { LanguageModel } from '../ports/language-model.ts';
import type { Telemetry } from '../ports/telemetry.ts';
import type { LevelThresholds } from '../scoring/risk/level.ts';
import { createGatherers, type GathererParts } from './create-gatherers.ts';
import { createScoringKnowledge } from './create-scoring.ts';
import { createWriters } from './create-writers.ts';
import { meterCache } from './metered-cache.ts';

/** What the agents of a process are made of. */
export interface AgentParts extends GathererParts {
  readonly thresholds: LevelThresholds;
  readonly lossPolicy: LossPolicy;
  readonly languageModel: LanguageModelConfig | null;
  readonly ledger: CostLedger;
  readonly rehearsal: LanguageModel | null;
  readonly telemetry: Telemetry;
  readonly findContext: ScoringParts['findContext'];
  readonly findDecisions: ScoringParts['findDecisions'];
  readonly hireCrew: HireCrew;
}

/** Puts together the agents for one run; what they look up in the cache is counted for this run alone. */
export async function createAgents(shared: AgentParts, options: AssessOptions): Promise<Agents> {
  const cache = meterCache(shared.cache, shared.telemetry.metrics);
  const parts = { ...shared, cache };
  const { offline, exposure } = options;
  const writers = await createWriters({ ...parts, config: parts.languageModel }, options);
  const gatherers = createGatherers(parts, offline);
  const { loadSnapshot, loadThreatModel } = parts;
  const thresholds = options.thresholds ?? parts.thresholds;
  return {
    vulnerability: {
      gatherers: gatherers.vulnerability,
      write: writers.vulnerability,
    },
    threat: {
      gatherers: gatherers.threat,
      write: writers.threat,
    },
    scoring: async (call) => ({
      asset: { exposure, criticality: null, humanImpact: null, missionImpact: null },
      thresholds,
      library: await gatherers.loadLibrary(call),
      findContext: parts.findContext,
      findDecisions: parts.findDecisions,
      ...createScoringKnowledge({ loadSnapshot, loadThreatModel }),
    }),
    hireCrew: parts.hireCrew,
    report: {
      summarise: writers.summarise,
      ledger: parts.ledger,
      lossPolicy: options.lossPolicy ?? parts.lossPolicy,
      takeCacheCounts: cache.takeCounts,
      cacheFailure: cache.failure,
    },
  };
}
