import type { QuickWin } from './doctor.ts';
import {
  cacheUseOf,
  nvdRequestsOf,
  nvdWaitOf,
  overlapOf,
  type PastRuns,
  savedByEconomy,
  savedByPromptCache,
  savedByTiers,
  spentOf,
  writingOf,
} from './past-runs.ts';

/** How this installation is set up, as far as optimisations go, and what its past runs tell (null: they cannot be read). */
export interface QuickWinFacts {
  readonly past: PastRuns | null;
  readonly nvdKeys: number;
  /** Whether the cache is shared by a Redis that answers (where it may not be asked: by one that is named). */
  readonly hasRedis: boolean;
  readonly hasNvdMirror: boolean;
  /** Workers of the fleet that take jobs; null where nobody was asked. */
  readonly workers: number | null;
  readonly model: {
    readonly balanced: string;
    readonly hasTiers: boolean;
    readonly maxCostUsd: number | null;
    readonly asksForCaching: boolean;
    /** Whether the provider has batches at half the price. */
    readonly hasBatches: boolean;
  } | null;
  /** Calls of late that asked the provider to keep their prompt, and those where it did; null: not known. */
  readonly promptCache: { readonly asked: number; readonly effective: number } | null;
  readonly knowledge: { readonly documents: number; readonly passages: number; readonly embeddings: number };
  readonly hasTracing: boolean;
  readonly hasMetrics: boolean;
}

export const UNKNOWN_YET = 'not known yet';
/** How much faster 2 and 4 workers were than one on the guide's machine: the figures of docs/guide/scale.md, and of no other one. */
export const GUIDE_SCALING = ['1.99 ×', '3.86 ×'] as const;
const ALWAYS = 'always on';
const MODEL_FIRST = 'set ANTHROPIC_API_KEY first; docs/guide/language-models.md';

/** The checklist: each optimisation as it is here, with what past runs here say that it saves. */
export function listQuickWins(facts: QuickWinFacts): QuickWin[] {
  return [...gatheringWins(facts), ...writingWins(facts), ...knowledgeWins(facts), ...watchingWins(facts)];
}

function gatheringWins({ past, nvdKeys, hasRedis, hasNvdMirror, workers }: QuickWinFacts): QuickWin[] {
  const overlap = known(past, overlapOf);
  const cache = known(past, cacheUseOf);
  const requests = known(past, nvdRequestsOf);
  const hits = cache && cache.all > 0 ? `${cache.hits} of ${cache.all} look-ups ${lately(past)}` : UNKNOWN_YET;
  return [
    {
      name: 'vulnerability and threat agents in parallel',
      on: true,
      saves:
        overlap && overlap.overlapMs > 0
          ? `up to ${seconds(overlap.overlapMs)} on top of the ${seconds(overlap.totalMs)} ${lately(past)}`
          : UNKNOWN_YET,
      howTo: ALWAYS,
    },
    { name: 'response cache', on: true, saves: hits, howTo: ALWAYS },
    {
      name: 'response cache shared by machines (Redis)',
      on: hasRedis,
      saves: hasRedis ? hits : UNKNOWN_YET,
      howTo: 'export REDIS_URL=redis://127.0.0.1:6379, where a server answers (the check redis tells)',
    },
    {
      name: 'local mirror of NVD',
      on: hasNvdMirror,
      saves: requests ? `up to ${requests} requests to NVD ${lately(past)}` : UNKNOWN_YET,
      howTo: 'eras sync all',
    },
    {
      name: 'NVD API key',
      on: nvdKeys > 0,
      saves: waitSaved(past, 0, Math.max(1, nvdKeys)),
      howTo: 'export NVD_API_KEY=… (free: https://nvd.nist.gov/developers/request-an-api-key)',
    },
    {
      name: 'several NVD API keys',
      on: nvdKeys > 1,
      saves: waitSaved(past, 1, Math.max(2, nvdKeys)),
      howTo: 'export NVD_API_KEY=…,…',
    },
    {
      name: 'workers on several machines',
      on: (workers ?? 0) > 0,
      saves: `not known here; on the machine of docs/guide/scale.md, work that waits went ${GUIDE_SCALING[0]} as fast with 2 workers, ${GUIDE_SCALING[1]} with 4`,
      howTo: 'REDIS_URL=… eras worker, then eras assess … --distributed',
    },
  ];
}

function writingWins(facts: QuickWinFacts): QuickWin[] {
  const { past, model } = facts;
  const writing = known(past, writingOf);
  const afterModel = (howTo: string) => (model === null ? MODEL_FIRST : howTo);
  return [
    {
      name: 'language model writes',
      on: model !== null,
      saves: 'no money: it buys prose in the place of text by rules',
      howTo: 'export ANTHROPIC_API_KEY=… (or see docs/guide/language-models.md)',
    },
    {
      name: 'fast, balanced and deep models by task',
      on: model?.hasTiers === true,
      saves: model === null ? UNKNOWN_YET : dollarsOf(known(past, (all) => savedByTiers(all, model.balanced))),
      howTo: afterModel('set ERAS_MODEL_FAST, ERAS_MODEL_BALANCED and ERAS_MODEL_DEEP apart'),
    },
    {
      name: 'many findings a call of the model',
      on: model !== null,
      saves: callsSaved(past, writing),
      howTo: afterModel(ALWAYS),
    },
    {
      name: 'prompt caching',
      on: model?.asksForCaching === true,
      saves: dollarsOf((facts.promptCache?.asked ?? 0) > 0 ? known(past, savedByPromptCache) : null),
      howTo: afterModel('{ "llm": { "promptCaching": true } } in eras.config.json'),
    },
    economyWin(facts, afterModel('eras assess … --economy (each run; half the price, patient)')),
    ...costWins(facts),
  ];
}

/** Two calls a finding is what a call each for its vulnerability and its threat would be. */
function callsSaved(past: PastRuns | null, writing: ReturnType<typeof writingOf> | null): string {
  if (writing === null || writing.calls === 0) return UNKNOWN_YET;
  const alone = writing.findings * 2;
  return alone > writing.calls ? `${alone - writing.calls} of ${alone} calls ${lately(past)}` : UNKNOWN_YET;
}

/** A choice of each run, so never on by itself. */
function economyWin({ past, model }: QuickWinFacts, howTo: string): QuickWin {
  const most = dollarsOf(known(past, savedByEconomy));
  const saves = model?.hasBatches === false ? 'nothing: this provider has none' : most;
  return {
    name: 'economy batches',
    on: false,
    saves: saves === most && most !== UNKNOWN_YET ? `at most ${most}` : saves,
    howTo,
  };
}

function costWins({ past, model }: QuickWinFacts): QuickWin[] {
  const paid = dollarsOf(known(past, spentOf));
  return [
    {
      name: 'cost tracking of every call',
      on: true,
      saves: paid === UNKNOWN_YET ? 'nothing by itself' : `nothing by itself; ${paid} are accounted for`,
      howTo: `${ALWAYS}: eras costs`,
    },
    {
      name: 'cost cap',
      on: model !== null && model.maxCostUsd !== null,
      saves: 'surprises',
      howTo: 'export ERAS_LLM_MAX_COST_USD=1',
    },
  ];
}

function knowledgeWins({ knowledge: { documents, passages, embeddings } }: QuickWinFacts): QuickWin[] {
  return [
    {
      name: 'knowledge index that persists',
      on: documents > 0,
      saves: documents > 0 ? `reading ${documents} documents (${passages} passages) again` : UNKNOWN_YET,
      howTo: 'eras ingest ./docs',
    },
    {
      name: 'embedding cache',
      on: true,
      saves: embeddings > 0 ? `${embeddings} embeddings that are not computed again` : UNKNOWN_YET,
      howTo: ALWAYS,
    },
  ];
}

function watchingWins({ hasTracing, hasMetrics }: QuickWinFacts): QuickWin[] {
  return [
    {
      name: 'traces (LangSmith or OpenTelemetry)',
      on: hasTracing,
      saves: 'nothing by itself: it shows where time and tokens go',
      howTo: 'export LANGSMITH_TRACING=1 LANGSMITH_API_KEY=… (or OTEL_EXPORTER_OTLP_ENDPOINT=…)',
    },
    {
      name: 'Prometheus metrics',
      on: hasMetrics,
      saves: 'nothing by itself: it shows what runs take',
      howTo: 'export ERAS_METRICS_PORT=8000',
    },
  ];
}

function known<Value>(past: PastRuns | null, of: (past: PastRuns) => Value): Value | null {
  return past === null || past.runs.length === 0 ? null : of(past);
}

function lately(past: PastRuns | null): string {
  const count = past?.runs.length ?? 0;
  return count === 1 ? 'of the last assessment' : `of the last ${count} assessments`;
}

function waitSaved(past: PastRuns | null, before: number, after: number): string {
  if (past === null || past.runs.length === 0 || nvdRequestsOf(past) === 0) return UNKNOWN_YET;
  const [without, within] = [nvdWaitOf(past, before), nvdWaitOf(past, after)];
  return `${without - within} s of waiting ${lately(past)} (${nvdRequestsOf(past)} requests)`;
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}

/** An amount that is known and more than nothing. */
function dollarsOf(amount: number | null): string {
  if (amount === null || amount <= 0) return UNKNOWN_YET;
  return `USD ${amount < 0.01 ? amount.toPrecision(2) : amount.toFixed(2)} so far`;
}
