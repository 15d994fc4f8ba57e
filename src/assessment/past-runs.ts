import type { AssessmentHead } from '../domain/assessment/schema.ts';
import type { CostLine } from '../domain/language-model/cost-line.ts';
import {
  BATCH_FACTOR,
  CACHE_WRITE_FACTOR,
  findModelFacts,
  type ModelFacts,
} from '../domain/language-model/model-catalogue.ts';
import { priceOf } from '../domain/language-model/price.ts';

/** What an assessment that has ended tells of what it took. */
export type PastRun = Pick<AssessmentHead, 'usage' | 'timings' | 'summary'>;

/** What past runs of this store tell: the newest assessments, and everything that was paid to models, by model. */
export interface PastRuns {
  readonly runs: readonly PastRun[];
  readonly spent: readonly CostLine[];
}

const MILLION = 1_000_000;
/** NVD's published limits: so many requests in a rolling window. */
const NVD_WINDOW_S = 30;
const NVD_REQUESTS = { withoutKey: 5, withKey: 50 } as const;

/** What is known of a model that the ledger names: as Anthropic names it, or as Bedrock does. */
function factsOf(model: string): ModelFacts | null {
  return findModelFacts('anthropic', model) ?? findModelFacts('bedrock', model);
}

/** Milliseconds in which the two agents were at work at the same time, and how long the runs took in all. */
export function overlapOf({ runs }: PastRuns): { readonly overlapMs: number; readonly totalMs: number } {
  let [overlapMs, totalMs] = [0, 0];
  for (const { timings } of runs) {
    const of = (name: string) => timings.stages.find((stage) => stage.name === name);
    const [vulnerability, threat] = [of('vulnerability'), of('threat')];
    totalMs += timings.totalMs;
    if (vulnerability === undefined || threat === undefined) continue;
    const begun = Math.max(vulnerability.startMs, threat.startMs);
    overlapMs += Math.max(0, Math.min(vulnerability.endMs, threat.endMs) - begun);
  }
  return { overlapMs, totalMs };
}

/** Look-ups in the response cache, and those that it answered. */
export function cacheUseOf({ runs }: PastRuns): { readonly hits: number; readonly all: number } {
  const hits = sum(runs.map(({ usage }) => usage.cache.hits));
  return { hits, all: hits + sum(runs.map(({ usage }) => usage.cache.misses)) };
}

/** Calls of models, and the findings that they wrote of. */
export function writingOf({ runs }: PastRuns): { readonly calls: number; readonly findings: number } {
  const written = runs.filter(({ usage }) => usage.llm.calls > 0);
  const findings = written.map(({ summary }) => sum(Object.values(summary.counts)));
  return { calls: sum(written.map(({ usage }) => usage.llm.calls)), findings: sum(findings) };
}

/** Requests that NVD was asked, all runs together. */
export function nvdRequestsOf({ runs }: PastRuns): number {
  return sum(runs.map(({ usage }) => usage.http.nvd));
}

/**
 * Seconds that the limit of NVD made these runs wait at the least, with so many keys, as if each had begun with a free window: n requests
 * at r a window of 30 s wait (⌈n / r⌉ − 1) windows.
 */
export function nvdWaitOf({ runs }: PastRuns, keys: number): number {
  const perWindow = keys === 0 ? NVD_REQUESTS.withoutKey : NVD_REQUESTS.withKey * keys;
  return sum(runs.map(({ usage }) => Math.max(0, Math.ceil(usage.http.nvd / perWindow) - 1) * NVD_WINDOW_S));
}

/** What the prompt cache has saved, USD: tokens read at its price and not at that of input, less the surcharge for writing. Null where a price is not known. */
export function savedByPromptCache({ spent }: PastRuns): number | null {
  return sumKnown(
    spent.map(({ key, usage }) => {
      const { cacheRead, cacheWrite5m, cacheWrite1h } = usage;
      if (cacheRead + cacheWrite5m + cacheWrite1h === 0) return 0;
      const facts = factsOf(key);
      if (facts === null) return null;
      const { input, cacheRead: readPrice } = facts.prices;
      const surcharge =
        cacheWrite5m * (CACHE_WRITE_FACTOR.fiveMinutes - 1) + cacheWrite1h * (CACHE_WRITE_FACTOR.oneHour - 1);
      return (cacheRead * (input - readPrice) - surcharge * input) / MILLION;
    }),
  );
}

/** What the same tokens would have cost, all of them at the balanced model, above what was paid, USD; null where that cannot be told. */
export function savedByTiers({ spent }: PastRuns, balanced: string): number | null {
  const facts = factsOf(balanced);
  if (facts === null) return null;
  return sumKnown(
    spent.map(({ usage, costUsd }) => {
      const atBalanced = priceOf(usage, facts);
      return costUsd === null || atBalanced === null ? null : atBalanced - costUsd;
    }),
  );
}

/** What was paid, USD; null where a price is not known. */
export function spentOf({ spent }: PastRuns): number | null {
  return sumKnown(spent.map(({ costUsd }) => costUsd));
}

/** The most that batches at the reduced price would have taken off what was paid, USD. */
export function savedByEconomy(past: PastRuns): number | null {
  const paid = spentOf(past);
  return paid === null ? null : paid * (1 - BATCH_FACTOR);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}

function sumKnown(numbers: readonly (number | null)[]): number | null {
  return numbers.reduce<number | null>((total, one) => (total === null || one === null ? null : total + one), 0);
}
