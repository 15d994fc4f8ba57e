import type { ScoringParts } from '../agents/scoring/score-findings.ts';
import type { Agents } from '../agents/supervisor/graph.ts';
import type { AssessOptions } from '../assessment/assess.ts';
import type { LanguageModelConfig } from '../config/language-model-config.ts';
import type { AttackMapping } from '../domain/attack/attack.ts';
import type { CveFacts } from '../domain/finding/cve-facts.ts';
import { recordOf } from '../domain/source/lookup.ts';
import type { CostLedger } from '../ports/cost-ledger.ts';
import type { LanguageModel } from '../ports/language-model.ts';
import type { LevelThresholds } from '../scoring/risk/level.ts';
import { predictTechniques } from '../scoring/threat-mapping/predict.ts';
import type { ThreatModel } from '../scoring/threat-mapping/threat-model.ts';
import { createGatherers, type GathererParts } from './create-gatherers.ts';
import { createWriters } from './create-writers.ts';
import type { MeteredCache } from './metered-cache.ts';

/** What the agents of a process are made of. */
export interface AgentParts extends GathererParts {
  readonly cache: MeteredCache;
  readonly thresholds: LevelThresholds;
  readonly languageModel: LanguageModelConfig | null;
  readonly ledger: CostLedger;
  readonly rehearsal: LanguageModel | null;
  readonly findContext: ScoringParts['findContext'];
}

/** Puts together the agents for one run. */
export async function createAgents(parts: AgentParts, options: AssessOptions): Promise<Agents> {
  const { offline, exposure } = options;
  const writers = await createWriters({ ...parts, config: parts.languageModel }, options);
  const gatherers = createGatherers(parts, offline);
  const { cache, loadSnapshot, loadThreatModel, thresholds } = parts;
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
      predictTechniques: (facts) => predictFrom(facts, loadThreatModel()),
      cweName: (cweId) => loadSnapshot().cweName(cweId),
      findContext: parts.findContext,
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
