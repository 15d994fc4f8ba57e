import { accessSync, constants } from 'node:fs';
import { join } from 'node:path';
import { type Check, checkAge, type Diagnosis, diagnose, type QuickWin } from '../assessment/doctor.ts';
import type { Config } from '../config/config.ts';
import { SOURCE_NAMES } from '../domain/source/lookup.ts';
import { SOURCE_TITLES } from '../domain/source/source-titles.ts';
import { systemClock } from '../kernel/clock.ts';
import { messageOf } from '../kernel/risk-error.ts';
import { loadSnapshot, loadThreatModel } from './bundled-data.ts';
import { checkPostgres } from './check-postgres.ts';
import { openRedisLink } from './create-cache.ts';
import { openLog } from './open-log.ts';
import { type OpenStore, openStoreFile, STORE_FILE } from './open-store.ts';

const LEAST_NODE = [20, 19] as const;

/** Looks at everything that an assessment needs; nothing here asks a source or a model, or prints a secret. */
export async function diagnoseInstallation(config: Config, version: string): Promise<Diagnosis> {
  const checks: Check[] = [checkNode(), ...checkBundled(), checkLanguageModel(config), ...(await checkRedis(config))];
  const quickWins = listQuickWins(config);
  const { check: postgres, truth } = await checkPostgres(config);
  checks.push(...postgres);
  let store: OpenStore;
  try {
    store = openStoreFile(join(config.home, STORE_FILE), systemClock);
  } catch (error) {
    checks.push({
      name: 'store',
      status: 'fail',
      detail: messageOf(error),
      fix: 'set ERAS_HOME to a folder that you can read and write',
    });
    await truth?.close();
    return diagnose(version, checks, quickWins);
  }
  try {
    checks.push(checkStore(config, store), ...checkMirror(store));
    // Where the server is not reachable, nobody knows what its ledger says.
    const { ledger } = truth ?? store;
    if (config.database === null || truth !== null) checks.push(checkPromptCaching(await ledger.promptCacheUse()));
  } catch (error) {
    const detail = messageOf(store.explain(error));
    checks.push({ name: 'store', status: 'fail', detail, fix: 'look at the disk, then run eras doctor again' });
  } finally {
    await Promise.all([store.close(), truth?.close()]);
  }
  return diagnose(version, checks, quickWins);
}

function checkLanguageModel({ languageModel }: Config): Check {
  const detail =
    languageModel === null
      ? 'none configured; rules write'
      : `${languageModel.provider}: ${[...new Set(Object.values(languageModel.models))].join(', ')}`;
  return { name: 'language model', status: 'ok', detail, fix: null };
}

/** Redis is a help and no need: without it ERAS works, on its own. */
async function checkRedis(config: Config): Promise<Check[]> {
  const link = openRedisLink(config, openLog(config));
  if (link === null) return [];
  const name = 'redis';
  try {
    const info = await link.use((redis) => redis.info('server'), '');
    const version = /^redis_version:(\S+)/m.exec(info)?.[1];
    if (version !== undefined) {
      const detail = `version ${version}: response cache and rate limits are shared`;
      return [{ name, status: 'ok', detail, fix: null }];
    }
    const detail = `${link.failure() ?? 'it does not tell its version'}; response cache and rate limits are this machine's own`;
    return [{ name, status: 'warn', detail, fix: 'look at REDIS_URL and at the server that it names' }];
  } finally {
    await link.close();
  }
}

/** A provider that is asked to cache a prompt and does not says nothing: only the usage tells. */
function checkPromptCaching({ asked, effective }: { asked: number; effective: number }): Check {
  const name = 'prompt caching';
  if (asked === 0) {
    const detail = 'not asked for: it pays with many calls of one model, whose cache keeps prompts of this length';
    return { name, status: 'ok', detail, fix: null };
  }
  const detail = `${effective} of ${asked} calls that asked for it wrote or read the cache`;
  const isSilent = effective === 0;
  const fix = isSilent
    ? 'the model keeps longer prompts only, or its endpoint caches nothing: choose another model'
    : null;
  return { name, status: isSilent ? 'warn' : 'ok', detail, fix };
}

function checkNode(): Check {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const isEnough = major > LEAST_NODE[0] || (major === LEAST_NODE[0] && minor >= LEAST_NODE[1]);
  const fix = isEnough ? null : `install Node.js ${LEAST_NODE.join('.')} or newer`;
  return { name: 'node', status: isEnough ? 'ok' : 'fail', detail: process.versions.node, fix };
}

function checkBundled(): Check[] {
  const look = (name: string, read: () => string): Check => {
    try {
      return { name, status: 'ok', detail: read(), fix: null };
    } catch (error) {
      return { name, status: 'fail', detail: messageOf(error), fix: 'install ERAS again' };
    }
  };
  return [
    look('bundled snapshot', () => {
      const snapshot = loadSnapshot();
      const { asOf, cveIds } = snapshot;
      const count = (source: 'nvd' | 'ssvc' | 'kev' | 'epss') =>
        cveIds.filter((cveId) => snapshot[source](cveId).kind === 'found').length;
      const counts = SOURCE_NAMES.map((source) => {
        const about = source === 'attack' ? '' : ` ${count(source)} of them,`;
        return `${source}${about} ${asOf[source].slice(0, 10)}`;
      });
      return `${cveIds.length} CVEs; ${counts.join('; ')}`;
    }),
    look('bundled ATT&CK mapping', () => {
      loadThreatModel();
      return 'readable';
    }),
  ];
}

function checkStore(config: Config, store: OpenStore): Check {
  if (store.setAside !== null) {
    const detail = `the file was damaged; it is kept as ${store.setAside} and a new one is begun`;
    return {
      name: 'store',
      status: 'warn',
      detail,
      fix: 'look at the disk; the old assessments are in the file set aside',
    };
  }
  const verdict = String(store.database.pragma('integrity_check(1)', { simple: true }));
  if (verdict !== 'ok') {
    return {
      name: 'store',
      status: 'fail',
      detail: `damaged: ${verdict}`,
      fix: `move ${config.home} aside and start anew`,
    };
  }
  try {
    accessSync(config.home, constants.W_OK);
  } catch (error) {
    return { name: 'store', status: 'fail', detail: messageOf(error), fix: 'make the folder writable' };
  }
  return { name: 'store', status: 'ok', detail: config.home, fix: null };
}

function checkMirror({ mirror }: OpenStore): Check[] {
  const now = systemClock.now();
  return SOURCE_NAMES.map((source) => {
    const state = mirror.findState(source);
    const records = state?.records ?? mirror.countRecords(source);
    return checkAge(source, SOURCE_TITLES[source], state?.fetchedAt ?? null, records, now);
  });
}

function listQuickWins(config: Config): QuickWin[] {
  return [
    {
      name: 'vulnerability and threat agents in parallel',
      on: true,
      saves: 'the shorter of the two waits',
      howTo: 'always on',
    },
    {
      name: 'response cache',
      on: true,
      saves: 'every request for a CVE looked up within its lifetime',
      howTo: 'always on',
    },
    { name: 'up to 100 CVEs a request to NVD and EPSS', on: true, saves: '99 of 100 requests', howTo: 'always on' },
    {
      name: 'language model writes',
      on: config.languageModel !== null,
      saves: 'the reading of plain rules text',
      howTo: 'set ANTHROPIC_API_KEY, or see docs/guide/language-models.md',
    },
    {
      name: 'fast, balanced and deep models by task',
      on: config.languageModel !== null && new Set(Object.values(config.languageModel.models)).size > 1,
      saves: 'most of the price of one model for everything',
      howTo: 'set ERAS_MODEL_FAST, ERAS_MODEL_BALANCED and ERAS_MODEL_DEEP',
    },
    {
      name: 'cost cap',
      on: config.languageModel?.maxCostUsd != null,
      saves: 'surprises',
      howTo: 'set ERAS_LLM_MAX_COST_USD',
    },
    {
      name: 'NVD API key',
      on: config.nvdApiKeys.length > 0,
      saves: 'waits: 50 instead of 5 requests in 30 s',
      howTo: 'request a key from NVD and set NVD_API_KEY',
    },
  ];
}
