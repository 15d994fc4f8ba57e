import type { ModelFailure } from '../../domain/language-model/model-failure.ts';
import { failure, type Result, success } from '../../kernel/result.ts';
import { toFailure } from './chat-failure.ts';
import type { OpenAiModelOptions } from './create-openai-model.ts';
import { clientOf } from './load-client.ts';

/** The ids of the models that an endpoint serves; costs nothing. */
export async function listOpenAiModels({
  clock,
  ...endpoint
}: OpenAiModelOptions): Promise<Result<readonly string[], ModelFailure>> {
  try {
    const page = await (await clientOf(endpoint)()).models.list();
    return success(page.data.map(({ id }) => id));
  } catch (thrown) {
    return failure(toFailure(thrown, clock.now()));
  }
}
