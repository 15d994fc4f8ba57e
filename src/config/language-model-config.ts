import { z } from 'zod';
import { RiskError } from '../kernel/risk-error.ts';
import { bad, type Read, readMilliseconds, readUrl } from './read-setting.ts';
import { Secret } from './secret.ts';
import type { SettingName } from './settings.ts';

const Tier = z.enum(['fast', 'balanced', 'deep']);

/** What the config file may say of the language model: tiers that a task is to use, the budget of evidence a call, and prompt caching. */
export const LlmFile = z.strictObject({
  tiers: z
    .strictObject({
      vulnerability: Tier.optional(),
      threat: Tier.optional(),
      report: Tier.optional(),
      answer: Tier.optional(),
    })
    .optional(),
  evidenceTokens: z.int().min(200).max(100_000).optional(),
  promptCaching: z.boolean().optional(),
});
export type LlmFile = z.infer<typeof LlmFile>;

/** Which language model there is and how it is asked. */
export interface LanguageModelConfig {
  readonly provider: 'anthropic' | 'bedrock' | 'openai';
  readonly apiKey: Secret | null;
  readonly baseUrl: string | null;
  readonly region: string | null;
  /** Names of models as the user knows them, by tier. */
  readonly models: { readonly fast: string; readonly balanced: string; readonly deep: string };
  readonly timeoutMs: number;
  readonly maxCostUsd: number | null;
  readonly tiers: {
    readonly [Task in 'vulnerability' | 'threat' | 'report' | 'answer']?: 'fast' | 'balanced' | 'deep';
  };
  /** Tokens of evidence a call. */
  readonly evidenceTokens: number;
  /** Whether the provider may be asked to keep the stable part of prompts, where that is cheaper. */
  readonly promptCaching: boolean;
}

const PROVIDERS = ['anthropic', 'bedrock', 'openai', 'none'] as const;
/** A finding's evidence has some 400 tokens: ten of them fill a call. */
const DEFAULT_EVIDENCE_TOKENS = 4000;

/** Reads which language model there is; null: none. @throws RiskError `BAD_INPUT` */
export function readLanguageModel(read: Read, file: LlmFile | undefined): LanguageModelConfig | null {
  const provider = chooseProvider(read);
  if (provider === 'none') return null;
  const { tiers = {}, evidenceTokens = DEFAULT_EVIDENCE_TOKENS, promptCaching = true } = file ?? {};
  return {
    provider,
    ...endpointOf(provider, read),
    models: readModels(provider, read),
    timeoutMs: readMilliseconds(read, 'ERAS_LLM_TIMEOUT_MS'),
    maxCostUsd: readMoney(read, 'ERAS_LLM_MAX_COST_USD'),
    tiers: Object.fromEntries(Object.entries(tiers).filter(([, tier]) => tier !== undefined)),
    evidenceTokens,
    promptCaching,
  };
}

function chooseProvider(read: Read): (typeof PROVIDERS)[number] {
  const named = read('ERAS_LLM')?.trim().toLowerCase();
  if (named) {
    const provider = PROVIDERS.find((known) => known === named);
    if (provider === undefined) throw bad('ERAS_LLM', `one of ${PROVIDERS.join(', ')}`);
    if (provider === 'anthropic' && read('ANTHROPIC_API_KEY') === null) throw missing('anthropic', 'ANTHROPIC_API_KEY');
    return provider;
  }
  if (read('ANTHROPIC_API_KEY') !== null) return 'anthropic';
  return read('OPENAI_API_KEY') !== null || read('OPENAI_BASE_URL') !== null ? 'openai' : 'none';
}

/** Where a provider is and who asks. @throws RiskError `BAD_INPUT` */
export function endpointOf(provider: LanguageModelConfig['provider'], read: Read) {
  const url = (name: SettingName) => (read(name) === null ? null : readUrl(read, name));
  const secret = (name: SettingName) => {
    const value = read(name);
    return value === null ? null : new Secret(value);
  };
  if (provider === 'anthropic')
    return { apiKey: secret('ANTHROPIC_API_KEY'), baseUrl: url('ANTHROPIC_BASE_URL'), region: null };
  if (provider === 'openai') return { apiKey: secret('OPENAI_API_KEY'), baseUrl: url('OPENAI_BASE_URL'), region: null };
  return { apiKey: null, baseUrl: url('AWS_ENDPOINT_URL_BEDROCK_RUNTIME'), region: read('AWS_REGION') };
}

function readModels(provider: LanguageModelConfig['provider'], read: Read): LanguageModelConfig['models'] {
  if (provider !== 'openai') {
    const model = (name: SettingName) => read(name) ?? '';
    return {
      fast: model('ERAS_MODEL_FAST'),
      balanced: model('ERAS_MODEL_BALANCED'),
      deep: model('ERAS_MODEL_DEEP'),
    };
  }
  const model = read('ERAS_OPENAI_MODEL');
  if (model === null) throw missing('an OpenAI-compatible endpoint', 'ERAS_OPENAI_MODEL');
  return { fast: model, balanced: model, deep: model };
}

function missing(what: string, name: SettingName): RiskError {
  return new RiskError({
    code: 'BAD_INPUT',
    message: `${what} is to write, but ${name} is not set; set it, or ERAS_LLM=none`,
  });
}

/** An amount, USD; null where it is not set. @throws RiskError `BAD_INPUT` */
function readMoney(read: Read, name: SettingName): number | null {
  const text = read(name);
  if (text === null) return null;
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value) || value < 0) throw bad(name, 'an amount in USD, such as 0.50');
  return value;
}
