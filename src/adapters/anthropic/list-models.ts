import type { ModelFailure } from '../../domain/language-model/model-failure.ts';
import { failure, type Result, success } from '../../kernel/result.ts';
import type { AnthropicModelOptions } from './create-anthropic-model.ts';
import { toFailure } from './messages-failure.ts';

/** More than there are. */
const MOST_MODELS = 1000;

/** The ids of the models that an account may use; costs nothing. */
export async function listAnthropicModels({
  apiKey,
  baseUrl,
  timeoutMs,
  clock,
}: AnthropicModelOptions): Promise<Result<readonly string[], ModelFailure>> {
  const { Anthropic } = await import('@anthropic-ai/sdk');
  const sdk = new Anthropic({
    apiKey,
    authToken: null,
    baseURL: baseUrl,
    maxRetries: 0,
    timeout: timeoutMs,
    logLevel: 'off',
  });
  try {
    const page = await sdk.models.list({ limit: MOST_MODELS });
    return success(page.data.map(({ id }) => id));
  } catch (thrown) {
    return failure(toFailure(thrown, clock.now()));
  }
}
