import { workerData } from 'node:worker_threads';
import type { PostgresConfig } from '../adapters/postgres/postgres-config.ts';
import { loadAttackAtHand } from '../agents/intelligence/attack-library.ts';
import { recallRecords } from '../agents/intelligence/record-gatherer.ts';
import { createScorer, type ScoreChunk } from '../agents/scoring/score-findings.ts';
import type { CrewBriefing } from '../agents/scoring/scoring-crew.ts';
import { answerFrom } from '../agents/threat/gather.ts';
import { systemClock } from '../kernel/clock.ts';
import { once } from '../kernel/once.ts';
import { messageOf, RiskError } from '../kernel/risk-error.ts';
import { bundledAttack, loadSnapshot, loadThreatModel } from './bundled-data.ts';
import { createScoringKnowledge } from './create-scoring.ts';
import { RULES } from './create-writers.ts';
import { openContext } from './open-context.ts';
import { openStoreOfThread } from './open-store.ts';

/** What a scoring thread is begun with. */
export interface ScoringThreadData {
  /** The machine's own file. */
  readonly path: string;
  /** Where assessments are kept; null: in the file. */
  readonly database: PostgresConfig | null;
}

/** Vulnerabilities to be scored. */
export interface ScoringTask {
  readonly briefing: CrewBriefing;
  readonly vulnerabilityIds: readonly string[];
}

/** What an error is between threads, where classes and fields of its own are lost. */
export interface ThreadFailure {
  readonly riskCode: RiskError['code'] | null;
  /** As SQLite and the operating system name it. */
  readonly code: string | null;
  readonly message: string;
}

/**
 * Scores vulnerabilities of a run and stores the findings: the entry point of the threads that share the scoring of a large run. Null: all is stored.
 */
export async function score({ briefing, vulnerabilityIds }: ScoringTask): Promise<ThreadFailure | null> {
  try {
    await (await prepare(briefing))(vulnerabilityIds);
    return null;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : null;
    return error instanceof RiskError
      ? { riskCode: error.code, code: null, message: error.message }
      : { riskCode: null, code, message: messageOf(error) };
  }
}

const prepare = once(async (briefing: CrewBriefing): Promise<ScoreChunk> => {
  const { path, database }: ScoringThreadData = workerData;
  const store = await openStoreOfThread(path, database, systemClock);
  const { mirror } = store;
  const atHand = loadAttackAtHand({ mirror, snapshot: bundledAttack });
  const library = { ...atHand, ...briefing.library };
  const snapshot = loadSnapshot();
  const { vulnerability, threat } = RULES;
  return createScorer(
    { ...briefing, store: store.assessments },
    {
      ...briefing,
      ...createScoringKnowledge({ loadSnapshot, loadThreatModel }),
      library,
      findContext: openContext(store),
      recall: async (source, cveIds) =>
        source === 'attack'
          ? answerFrom(snapshot.mappings, library, cveIds)
          : recallRecords<unknown>({ mirror, snapshot: snapshot[source] }, source, cveIds),
    },
    {
      vulnerability: briefing.atOnce.vulnerability ? vulnerability.atOnce : null,
      threat: briefing.atOnce.threat ? threat.atOnce : null,
    },
  );
});

// While others gather there is time for what takes longest.
loadSnapshot();
loadThreatModel();
