import { createModelDesk, type ModelDesk } from '../agents/language-model/model-desk.ts';
import { createPurse } from '../agents/language-model/purse.ts';
import { summariseByModel } from '../agents/report/summarise-by-model.ts';
import type { RunContext } from '../agents/supervisor/run-context.ts';
import { THREAT_FIELDS, THREAT_INSTRUCTIONS, THREAT_PROMPT_VERSION } from '../agents/threat/prompt.ts';
import { writeThreatByRules } from '../agents/threat/write-rules.ts';
import {
  VULNERABILITY_FIELDS,
  VULNERABILITY_INSTRUCTIONS,
  VULNERABILITY_PROMPT_VERSION,
} from '../agents/vulnerability/prompt.ts';
import { rate, writeVulnerabilityByRules } from '../agents/vulnerability/write-rules.ts';
import { answerSchema, type NarrativeField, toJsonSchema } from '../agents/writing/answer-schema.ts';
import type { PromptTemplate } from '../agents/writing/findings-prompt.ts';
import { createModelWriter } from '../agents/writing/write-by-model.ts';
import type { AssessOptions } from '../assessment/assess-options.ts';
import type { LanguageModelConfig } from '../config/language-model-config.ts';
import type { Clock } from '../kernel/clock.ts';
import { once } from '../kernel/once.ts';
import type { CostLedger } from '../ports/cost-ledger.ts';
import type { LanguageModel } from '../ports/language-model.ts';
import type { Telemetry } from '../ports/telemetry.ts';
import { createLanguageModel, modelsOf } from './create-language-model.ts';
import type { WriterParts, Writers } from './writers.ts';

/** Writers that ask the configured language model, and fall back to the rules. */
export async function createModelWriters(
  { ledger, cache, clock, rehearsal, telemetry }: WriterParts,
  config: LanguageModelConfig,
  { maxCostUsd, batchSize, concurrency, economy }: AssessOptions,
): Promise<Writers> {
  const model = rehearsal ?? (await createLanguageModel(config, clock, economy));
  // Calls of a batch are not sent one by one.
  const inFlight = model.isBatch ? Number.MAX_SAFE_INTEGER : concurrency;
  const desk = once((run: RunContext) =>
    openDesk({ model, config, ledger, clock, maxCostUsd, inFlight, telemetry }, run),
  );
  const lanes = Math.max(1, Math.floor(concurrency / 2));
  const shared = {
    model,
    desk,
    cache,
    countTokens,
    tierOverrides: config.tiers,
    batchSize,
    // Both agents write at the same time. A batch waits for no lane: its calls are large, and go out together.
    lanes: model.isBatch ? 1 : lanes,
    inFlight: model.isBatch ? Number.MAX_SAFE_INTEGER : lanes,
    evidenceTokens: config.evidenceTokens,
    promptCaching: config.promptCaching,
  };
  return {
    vulnerability: createModelWriter({
      ...shared,
      task: 'vulnerability',
      fields: VULNERABILITY_FIELDS,
      template: templateOf(VULNERABILITY_PROMPT_VERSION, VULNERABILITY_INSTRUCTIONS, VULNERABILITY_FIELDS),
      rules: writeVulnerabilityByRules,
      lead: (finding) => ({ field: 'summary', text: rate(finding) }),
    }),
    threat: createModelWriter({
      ...shared,
      task: 'threat',
      fields: THREAT_FIELDS,
      template: templateOf(THREAT_PROMPT_VERSION, THREAT_INSTRUCTIONS, THREAT_FIELDS),
      rules: writeThreatByRules,
    }),
    summarise(tally, run) {
      if (economy && !model.isBatch)
        run.warn('language model: its provider has no half-price batches; full price is paid');
      return summariseByModel(tally, run, { model, desk, cache, tierOverrides: config.tiers });
    },
  };
}

/** A desk for questions beside any assessment; `account` is where the ledger books them. */
export async function openDeskFor(
  config: LanguageModelConfig,
  ledger: CostLedger,
  clock: Clock,
  account: string,
  telemetry: Telemetry,
): Promise<ModelDesk> {
  const model = await createLanguageModel(config, clock, false);
  return openDesk(
    { model, config, ledger, clock, maxCostUsd: config.maxCostUsd, inFlight: 1, telemetry },
    { assessmentId: account },
  );
}

async function openDesk(
  parts: {
    model: LanguageModel;
    config: LanguageModelConfig;
    ledger: CostLedger;
    clock: Clock;
    maxCostUsd: number | null;
    inFlight: number;
    telemetry: Telemetry;
  },
  { assessmentId }: Pick<RunContext, 'assessmentId'>,
): Promise<ModelDesk> {
  const { model, config, ledger, clock, maxCostUsd, inFlight, telemetry } = parts;
  // A resumed run has spent before: also what nobody saw the end of, at its most.
  const [before] = await ledger.sumUp('assessment', { assessmentId });
  const spentUsd = (before?.costUsd ?? 0) + (before?.unfinished.mostUsd ?? 0);
  const purse = createPurse(maxCostUsd, spentUsd);
  return createModelDesk({
    model,
    modelOf: modelsOf(config),
    ledger,
    purse,
    capUsd: maxCostUsd,
    longestCallMs: 2 * config.timeoutMs,
    clock,
    assessmentId,
    inFlight,
    telemetry,
  });
}

function templateOf(version: string, instructions: string, fields: readonly NarrativeField[]): PromptTemplate {
  return { version, instructions, schemaName: 'findings', schema: toJsonSchema(answerSchema(fields)) };
}

/** Only where text is long enough to be in doubt is a tokenizer loaded. */
async function countTokens(text: string): Promise<number> {
  const { countTokens: count } = await import('gpt-tokenizer');
  return count(text);
}
