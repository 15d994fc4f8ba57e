import type { LanguageModelConfig } from '../config/language-model-config.ts';
import { modelNameFor } from '../domain/language-model/model-catalogue.ts';
import type { Clock } from '../kernel/clock.ts';
import type { LanguageModel } from '../ports/language-model.ts';
import { withoutKey } from './without-key.ts';

/** The language model of a configuration; only its own provider's code is loaded. `economy`: in batches, where the provider has them. */
export async function createLanguageModel(
  config: LanguageModelConfig,
  clock: Clock,
  economy: boolean,
): Promise<LanguageModel> {
  return withoutKey(await createProvider(config, clock, economy), config.apiKey?.reveal());
}

async function createProvider(config: LanguageModelConfig, clock: Clock, economy: boolean): Promise<LanguageModel> {
  const { provider, apiKey, baseUrl, region, timeoutMs } = config;
  const limits = { clock, timeoutMs };
  if (hasBatches(config) && economy) {
    const { createBatchModel } = await import('../adapters/anthropic/create-batch-model.ts');
    return createBatchModel({ apiKey: apiKey?.reveal() ?? '', baseUrl, ...limits });
  }
  if (provider === 'anthropic') {
    const { createAnthropicModel } = await import('../adapters/anthropic/create-anthropic-model.ts');
    return createAnthropicModel({ apiKey: apiKey?.reveal() ?? '', baseUrl, ...limits });
  }
  if (provider === 'bedrock') {
    const { createBedrockModel } = await import('../adapters/anthropic/create-bedrock-model.ts');
    return createBedrockModel({ region, endpoint: baseUrl, ...limits });
  }
  const { createOpenAiModel } = await import('../adapters/openai/create-openai-model.ts');
  return createOpenAiModel({ apiKey: apiKey?.reveal() ?? null, baseUrl, ...limits });
}

/** Whether a provider takes batches at half the price. */
export function hasBatches({ provider }: Pick<LanguageModelConfig, 'provider'>): boolean {
  return provider === 'anthropic';
}

/** The models of the tiers, as their provider knows them. */
export function modelsOf({ provider, models }: LanguageModelConfig): LanguageModelConfig['models'] {
  return {
    fast: modelNameFor(provider, models.fast),
    balanced: modelNameFor(provider, models.balanced),
    deep: modelNameFor(provider, models.deep),
  };
}
