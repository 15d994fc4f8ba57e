import type { LanguageModelConfig } from '../../config/language-model-config.ts';
import type { ModelFailure } from '../../domain/language-model/model-failure.ts';
import { systemClock } from '../../kernel/clock.ts';
import type { Result } from '../../kernel/result.ts';

/** What a provider says of its models. */
export type ModelsAnswer =
  | { readonly kind: 'listed'; readonly models: readonly string[] }
  | { readonly kind: 'not-asked'; readonly reason: string }
  | { readonly kind: 'refused'; readonly reason: string; readonly fix: string }
  | { readonly kind: 'away'; readonly reason: string };

/** Asks a provider for its list of models, where that costs nothing. */
export async function listModels(config: LanguageModelConfig, limitMs: number): Promise<ModelsAnswer> {
  const { provider } = config;
  if (provider === 'bedrock') return { kind: 'not-asked', reason: "Bedrock's runtime has no call that costs nothing" };
  return judge(await ask(config, limitMs), provider === 'anthropic' ? 'ANTHROPIC_API_KEY' : 'OPENAI_API_KEY');
}

async function ask(
  { provider, apiKey, baseUrl }: LanguageModelConfig,
  limitMs: number,
): Promise<Result<readonly string[], ModelFailure>> {
  const limits = { baseUrl, timeoutMs: limitMs, clock: systemClock };
  if (provider === 'anthropic') {
    const { listAnthropicModels } = await import('../../adapters/anthropic/list-models.ts');
    return listAnthropicModels({ apiKey: apiKey?.reveal() ?? '', ...limits });
  }
  const { listOpenAiModels } = await import('../../adapters/openai/list-models.ts');
  return listOpenAiModels({ apiKey: apiKey?.reveal() ?? null, ...limits });
}

function judge(answer: Result<readonly string[], ModelFailure>, key: string): ModelsAnswer {
  if (answer.ok) return { kind: 'listed', models: answer.value };
  const { kind, reason } = answer.error;
  if (kind === 'unauthorized')
    return { kind: 'refused', reason: `${reason}: the key is not accepted`, fix: `look at ${key}` };
  // A proxy or a local server that serves models and lists none.
  if (kind === 'rejected') return { kind: 'not-asked', reason: `it answers, and lists no models (${reason})` };
  return { kind: 'away', reason };
}
