import { join } from 'node:path';
import { type Check, type Diagnosis, diagnose } from '../assessment/doctor.ts';
import { nextSteps } from '../assessment/next-steps.ts';
import type { PastRuns } from '../assessment/past-runs.ts';
import { listQuickWins, type QuickWinFacts } from '../assessment/quick-wins.ts';
import type { Config } from '../config/config.ts';
import { systemClock } from '../kernel/clock.ts';
import { messageOf } from '../kernel/risk-error.ts';
import type { PromptCacheUse } from '../ports/cost-ledger.ts';
import { checkPostgres } from './check-postgres.ts';
import { hasBatches } from './create-language-model.ts';
import { createServiceHttp } from './create-service-http.ts';
import { checkKeys } from './doctor/check-keys.ts';
import { checkBundled, checkMachine } from './doctor/check-machine.ts';
import { checkChroma, checkRedis } from './doctor/check-servers.ts';
import { checkLanguageModel, checkOsv, checkServiceNow } from './doctor/check-services.ts';
import { checkMirror, checkPromptCaching, checkStore } from './doctor/check-store.ts';
import { readPastRuns } from './doctor/read-past-runs.ts';
import { type OpenStore, openStoreFile, STORE_FILE } from './open-store.ts';

/** How long a server of one's own is waited for, and one across the Internet. All are asked at once. */
const NEAR_MS = 1000;
const FAR_MS = 2000;

/**
 * Looks at everything that an assessment needs. Asks each server and service one cheap thing; offline nobody but the store's own server. Prints no
 * secret, and no call of it costs anything.
 */
export async function diagnoseInstallation(config: Config, version: string): Promise<Diagnosis> {
  // Begun first: the servers answer while the files are looked at.
  const asking = askServers(config);
  const stored = await lookAtStore(config);
  const { checks: asked, workers, isShared } = await asking;
  const checks = [...checkMachine(config.home), checkKeys(config), ...checkBundled(), ...asked, ...stored.checks];
  const facts: QuickWinFacts = { ...settingsOf(config), ...stored.facts, workers, hasRedis: isShared };
  return diagnose(version, checks, listQuickWins(facts), nextSteps(checks, facts));
}

async function askServers(config: Config): Promise<{ checks: Check[]; workers: number | null; isShared: boolean }> {
  const { languageModel, offline } = config;
  if (offline) {
    const told = { name: 'servers', status: 'ok', detail: 'not asked: offline', fix: null } as const;
    const checks = [await checkLanguageModel(languageModel, { offline, limitMs: 0 }), told];
    return { checks, workers: null, isShared: config.redisUrl !== null };
  }
  const http = (limitMs: number) => createServiceHttp({ ...config, httpTimeoutMs: limitMs, sourceBudgetMs: limitMs });
  const [redis, chroma, serviceNow, osv, model] = await Promise.all([
    checkRedis(config, NEAR_MS),
    checkChroma(config, http(NEAR_MS), NEAR_MS),
    checkServiceNow(config, http(FAR_MS), FAR_MS),
    checkOsv(config, http(FAR_MS), FAR_MS),
    checkLanguageModel(languageModel, { offline, limitMs: FAR_MS }),
  ]);
  const { workers, isShared } = redis;
  return { checks: [model, ...redis.checks, ...chroma, ...serviceNow, ...osv], workers, isShared };
}

/** What the configuration says of the optimisations. */
function settingsOf(config: Config) {
  const { languageModel: model, tracing } = config;
  return {
    nvdKeys: config.nvdApiKeys.length,
    model:
      model === null
        ? null
        : {
            balanced: model.models.balanced,
            hasTiers: new Set(Object.values(model.models)).size > 1,
            maxCostUsd: model.maxCostUsd,
            asksForCaching: model.promptCaching && model.provider !== 'openai',
            hasBatches: hasBatches(model),
          },
    hasTracing: tracing.otlp !== null || tracing.langSmith !== null,
    hasMetrics: config.metrics.port !== null,
  };
}

type StoreFacts = Pick<QuickWinFacts, 'past' | 'promptCache' | 'hasNvdMirror' | 'knowledge'>;

const NOTHING_STORED: StoreFacts = {
  past: null,
  promptCache: null,
  hasNvdMirror: false,
  knowledge: { documents: 0, passages: 0, embeddings: 0 },
};

async function lookAtStore(config: Config): Promise<{ checks: Check[]; facts: StoreFacts }> {
  const { check: postgres, truth } = await checkPostgres(config);
  const checks: Check[] = [...postgres];
  let store: OpenStore;
  try {
    store = openStoreFile(join(config.home, STORE_FILE), systemClock);
  } catch (error) {
    const fix = 'set ERAS_HOME to a folder that you can read and write';
    checks.push({ name: 'store', status: 'fail', detail: messageOf(error), fix });
    await truth?.close();
    return { checks, facts: NOTHING_STORED };
  }
  try {
    checks.push(checkStore(config.home, store), ...checkMirror(store));
    const local = { hasNvdMirror: (store.mirror.findState('nvd') ?? null) !== null, knowledge: countKnowledge(store) };
    // Where the server is not reachable, nobody knows what its ledger says.
    if (config.database !== null && truth === null) return { checks, facts: { ...NOTHING_STORED, ...local } };
    const past: PastRuns = await readPastRuns(truth ?? store);
    const promptCache: PromptCacheUse = await (truth ?? store).ledger.promptCacheUse();
    checks.push(checkPromptCaching(promptCache));
    return { checks, facts: { past, promptCache, ...local } };
  } catch (error) {
    const detail = messageOf(store.explain(error));
    checks.push({ name: 'store', status: 'fail', detail, fix: 'look at the disk, then run eras doctor again' });
    return { checks, facts: NOTHING_STORED };
  } finally {
    await Promise.all([store.close(), truth?.close()]);
  }
}

function countKnowledge({ database }: OpenStore): StoreFacts['knowledge'] {
  const count = (table: string) => database.prepare<[], number>(`SELECT count(*) FROM ${table}`).pluck().get() ?? 0;
  return { documents: count('documents'), passages: count('passages'), embeddings: count('embeddings') };
}
