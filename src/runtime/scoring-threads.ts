import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { PostgresConfig } from '../adapters/postgres/postgres-config.ts';
import type { HireCrew } from '../agents/scoring/scoring-crew.ts';
import { isHeapBounded } from '../intake/reports/bound-heap.ts';
import { RiskError } from '../kernel/risk-error.ts';
import type { ScoringTask, ScoringThreadData, ThreadFailure } from './scoring-thread.ts';

/** Beside the bundle; where the sources run as they are there is none, and the work is done here. */
const ENTRY = fileURLToPath(new URL('./scoring-thread.js', import.meta.url));
/** A thread takes most of a second to know what scoring knows: fewer findings are scored as soon without. */
const FROM_CVES = 10_000;
/** They take turns at writing: more of them would wait for one another. */
const MOST_THREADS = 4;
/** A chunk's findings outlive a small young generation, and copying them about takes longer than scoring them. */
const YOUNG_MB = 32;
const OLD_MB = 512;

/** Scores large runs in threads, each with its own connection to the store's file. */
export function hireScoringThreads(path: string, database: PostgresConfig | null): HireCrew {
  return async (cves) => {
    const size = Math.min(availableParallelism(), MOST_THREADS);
    // A thread takes more than 100 MB, and a machine may have many.
    if (cves < FROM_CVES || size < 2 || isHeapBounded() || !existsSync(ENTRY)) return null;
    const { Piscina } = await import('piscina');
    const pool = new Piscina({
      filename: ENTRY,
      minThreads: size,
      maxThreads: size,
      workerData: { path, database } satisfies ScoringThreadData,
      resourceLimits: { maxOldGenerationSizeMb: OLD_MB, maxYoungGenerationSizeMb: YOUNG_MB },
    });
    return {
      size,
      async score(briefing, vulnerabilityIds) {
        const failure: ThreadFailure | null = await pool.run({ briefing, vulnerabilityIds } satisfies ScoringTask, {
          name: 'score',
        });
        if (failure !== null) throw toError(failure);
      },
      dismiss: () => pool.destroy(),
    };
  };
}

function toError({ riskCode, code, message }: ThreadFailure): Error {
  if (riskCode !== null) return new RiskError({ code: riskCode, message });
  return Object.assign(new Error(message), code === null ? {} : { code });
}
