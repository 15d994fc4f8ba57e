import type { ReportParts } from '../agents/report/write-report.ts';
import type { NarrativeWriter } from '../agents/write-narratives.ts';
import type { LanguageModelConfig } from '../config/language-model-config.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Cache } from '../ports/cache.ts';
import type { CostLedger } from '../ports/cost-ledger.ts';
import type { LanguageModel } from '../ports/language-model.ts';
import type { Telemetry } from '../ports/telemetry.ts';

/** Who writes: the two agents and the report. */
export interface Writers {
  readonly vulnerability: NarrativeWriter;
  readonly threat: NarrativeWriter;
  readonly summarise: ReportParts['summarise'];
}

/** What writers depend on. */
export interface WriterParts {
  readonly config: LanguageModelConfig | null;
  /** A model that stands in for the configured one, offline too; null outside rehearsals. */
  readonly rehearsal: LanguageModel | null;
  readonly telemetry: Telemetry;
  readonly ledger: CostLedger;
  readonly cache: Cache;
  readonly clock: Clock;
}
