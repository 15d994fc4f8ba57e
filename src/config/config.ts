import { existsSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import envPaths from 'env-paths';
import { z } from 'zod';
import { messageOf, RiskError } from '../kernel/risk-error.ts';
import { type DatabaseConfig, readDatabase } from './database-config.ts';
import { type EmbedderConfig, readEmbedder } from './embedder-config.ts';
import { type FleetConfig, readFleet } from './fleet-config.ts';
import { type LanguageModelConfig, LlmFile, readLanguageModel } from './language-model-config.ts';
import { type LossConfig, LossFile } from './loss-config.ts';
import { type MetricsConfig, readMetrics } from './metrics-config.ts';
import { PublisherFile } from './publisher.ts';
import { bad, type Read, readFlag, readMilliseconds, readUrl } from './read-setting.ts';
import { Secret } from './secret.ts';
import { readServiceNow, type ServiceNowConfig, ServiceNowFile } from './servicenow-config.ts';
import { SETTINGS, type SettingName } from './settings.ts';
import { readTracing, type TracingConfig } from './tracing-config.ts';

/** Least score (1 to 25) of a level. */
const Threshold = z.int().min(1).max(25);

/** What the config file may hold beside the settings themselves. */
const ConfigFile = z
  .strictObject({
    llm: LlmFile.optional(),
    servicenow: ServiceNowFile.optional(),
    publisher: PublisherFile.optional(),
    report: z.record(z.string(), z.unknown()).optional(),
    retention: z.strictObject({ days: z.int().min(1), keep: z.int().min(0).optional() }).optional(),
    loss: LossFile.optional(),
    levels: z.strictObject({ critical: Threshold, high: Threshold, medium: Threshold }).optional(),
    ...Object.fromEntries(
      SETTINGS.map(({ name }) => [name, z.union([z.string(), z.number(), z.boolean()]).optional()]),
    ),
  })
  .refine(({ levels }) => levels === undefined || (levels.critical > levels.high && levels.high > levels.medium), {
    message: 'levels must fall: critical > high > medium',
  });

const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'silent'] as const;
type LogLevel = (typeof LOG_LEVELS)[number];

/** The configuration of a process, complete: environment before config file before default. */
export interface Config {
  readonly home: string;
  readonly offline: boolean;
  readonly urls: {
    readonly nvd: string;
    readonly kev: string;
    readonly epss: string;
    readonly epssCsv: string;
    readonly cveOrg: string;
    readonly attack: string;
    readonly osv: string;
  };
  /** Whether the user said where ATT&CK is. */
  readonly isAttackNamed: boolean;
  readonly nvdApiKeys: readonly Secret[];
  /** May hold a password. Null: the embedded store is the cache. */
  readonly redisUrl: Secret | null;
  /** Null: assessments are in the embedded store. */
  readonly database: DatabaseConfig | null;
  /** May hold a password. Null: the knowledge base is in the embedded store whole. */
  readonly chromaUrl: Secret | null;
  /** Null: no instance is named. */
  readonly serviceNow: ServiceNowConfig | null;
  readonly httpTimeoutMs: number;
  readonly sourceBudgetMs: number;
  /** Null: no language model; rules write. */
  readonly languageModel: LanguageModelConfig | null;
  /** Whether the user says that there is to be none (`ERAS_LLM=none`), and not only names none. */
  readonly isModelRefused: boolean;
  readonly embedder: EmbedderConfig;
  readonly fleet: FleetConfig;
  readonly metrics: MetricsConfig;
  readonly tracing: TracingConfig;
  /** Of commands. */
  readonly logLevel: LogLevel;
  /** Of processes that go on without a person. */
  readonly serviceLogLevel: LogLevel;
  /** How long `eras db prune` keeps assessments, days, and how many of the newest it keeps anyway. Null: it must be told. */
  readonly retention: { readonly days: number; readonly keep: number } | null;
  readonly levels: { readonly critical: number; readonly high: number; readonly medium: number } | null;
  /** How losses are estimated; null: only where an asset says what an event costs, by the defaults. */
  readonly loss: LossConfig | null;
  /** Who publishes reports; null: nobody is named. */
  readonly publisher: PublisherFile | null;
  /** The report's template, as reports read it. */
  readonly report: ReportConfig | null;
}

/** What the config file says of reports: checked where a report is made. */
export interface ReportConfig {
  readonly template: Readonly<Record<string, unknown>>;
  /** The folder of the config file: paths in the template start there. */
  readonly folder: string;
}

/**
 * Reads the configuration.
 * @throws RiskError `BAD_INPUT` with one line that names the setting, what is wrong with it, and never a secret.
 */
export function loadConfig(env: Readonly<Record<string, string | undefined>>, folder: string): Config {
  const file = loadFile(env, folder);
  const read = (name: SettingName): string | null => {
    const fallback = SETTINGS.find((setting) => setting.name === name)?.default ?? null;
    const fromFile = file[name];
    return env[name] || (fromFile === undefined ? null : String(fromFile)) || fallback;
  };
  return {
    home: resolve(read('ERAS_HOME') ?? envPaths('eras', { suffix: '' }).data),
    offline: readFlag(read, 'ERAS_OFFLINE'),
    urls: {
      nvd: readUrl(read, 'NVD_API_URL'),
      kev: readUrl(read, 'KEV_URL'),
      epss: readUrl(read, 'EPSS_API_URL'),
      epssCsv: readUrl(read, 'EPSS_CSV_URL'),
      cveOrg: readUrl(read, 'CVE_API_URL'),
      attack: readUrl(read, 'ATTACK_STIX_URL'),
      osv: readUrl(read, 'OSV_API_URL'),
    },
    isAttackNamed: Boolean(env['ATTACK_STIX_URL'] || file['ATTACK_STIX_URL']),
    nvdApiKeys: (read('NVD_API_KEY') ?? '')
      .split(',')
      .map((key) => key.trim())
      .filter((key) => key !== '')
      .map((key) => new Secret(key)),
    redisUrl: readRedisUrl(read),
    database: readDatabase(read),
    chromaUrl: readChromaUrl(read),
    serviceNow: readServiceNow(read, file.servicenow),
    httpTimeoutMs: readMilliseconds(read, 'ERAS_HTTP_TIMEOUT_MS'),
    sourceBudgetMs: readMilliseconds(read, 'ERAS_SOURCE_BUDGET_MS'),
    languageModel: readLanguageModel(read, file.llm),
    isModelRefused: read('ERAS_LLM')?.trim().toLowerCase() === 'none',
    embedder: readEmbedder(read, folder),
    fleet: readFleet(read),
    metrics: readMetrics(read),
    tracing: readTracing(read),
    logLevel: readLogLevel(read, 'warn'),
    serviceLogLevel: readLogLevel(read, 'info'),
    retention: file.retention === undefined ? null : { keep: 0, ...file.retention },
    levels: file.levels ?? null,
    loss: file.loss ?? null,
    publisher: file.publisher ?? null,
    report: file.report === undefined ? null : { template: file.report, folder: dirname(configPath(env, folder)) },
  };
}

function readLogLevel(read: Read, fallback: LogLevel): LogLevel {
  const named = read('LOG_LEVEL') ?? fallback;
  const level = LOG_LEVELS.find((name) => name === named);
  if (level === undefined) throw bad('LOG_LEVEL', `one of ${LOG_LEVELS.join(', ')}`);
  return level;
}

interface FileSettings extends Partial<Record<SettingName, string | number | boolean | undefined>> {
  readonly retention?: { readonly days: number; readonly keep?: number } | undefined;
  readonly levels?: NonNullable<Config['levels']> | undefined;
  readonly llm?: LlmFile | undefined;
  readonly servicenow?: ServiceNowFile | undefined;
  readonly loss?: LossConfig | undefined;
  readonly publisher?: PublisherFile | undefined;
  readonly report?: Readonly<Record<string, unknown>> | undefined;
}

function configPath(env: Readonly<Record<string, string | undefined>>, folder: string): string {
  return resolve(folder, env['ERAS_CONFIG'] || 'eras.config.json');
}

function loadFile(env: Readonly<Record<string, string | undefined>>, folder: string): FileSettings {
  const path = configPath(env, folder);
  if (!env['ERAS_CONFIG'] && !existsSync(path)) return {};
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new RiskError({
      code: 'BAD_INPUT',
      message: `cannot read the config file ${path}: ${messageOf(error)}`,
      cause: error,
    });
  }
  const parsed = ConfigFile.safeParse(json);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const where = issue?.path.join('.') || 'the file';
    throw new RiskError({
      code: 'BAD_INPUT',
      message: `the config file ${path} is not valid: ${where}: ${issue?.message}`,
    });
  }
  return parsed.data as FileSettings;
}

function readChromaUrl(read: Read): Secret | null {
  return read('CHROMA_URL') === null ? null : new Secret(readUrl(read, 'CHROMA_URL'));
}

function readRedisUrl(read: Read): Secret | null {
  const url = read('REDIS_URL');
  if (url === null) return null;
  const parsed = URL.canParse(url) ? new URL(url) : null;
  if (parsed === null || !/^rediss?:$/.test(parsed.protocol) || parsed.hostname === '') {
    throw bad('REDIS_URL', 'a redis or rediss URL with a host, such as redis://127.0.0.1:6379');
  }
  if (!/^\/?\d{0,4}$/.test(parsed.pathname))
    throw bad('REDIS_URL', 'a URL whose path is the number of a database, such as /0');
  return new Secret(url);
}
