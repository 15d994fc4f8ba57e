import type { ModelFailure } from '../../domain/language-model/model-failure.ts';
import { failure, type Result, success } from '../../kernel/result.ts';
import type { AnthropicModelOptions } from './create-anthropic-model.ts';
import { loadAnthropicSdk } from './load-sdk.ts';
import { toFailure } from './messages-failure.ts';

/** More than there are. */
const MOST_MODELS = 1000;

/** The ids of the models that an account may use; costs nothing. */
export async function listAnthropicModels(
  options: AnthropicModelOptions,
): Promise<Result<readonly string[], ModelFailure>> {
  const sdk = await loadAnthropicSdk(options);
  try {
    const page = await sdk.models.list({ limit: MOST_MODELS });
    return success(page.data.map(({ id }) => id));
  } catch (thrown) {
    return failure(toFailure(thrown, options.clock.now()));
  }
}
