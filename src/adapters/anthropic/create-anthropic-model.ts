import { once } from '../../kernel/once.ts';
import type { LanguageModel } from '../../ports/language-model.ts';
import { type CallLimits, createMessagesModel, type MessagesClient } from './create-messages-model.ts';
import { type AnthropicAccess, loadAnthropicSdk } from './load-sdk.ts';

/** The way to Anthropic's API, and the bounds of a call. */
export interface AnthropicModelOptions extends CallLimits, AnthropicAccess {}

/** Models of Anthropic's own API. The SDK is loaded with the first call; it retries nothing, because each call is accounted for. */
export function createAnthropicModel(options: AnthropicModelOptions): LanguageModel {
  const { apiKey: _, baseUrl: __, ...limits } = options;
  const load = once(async (): Promise<MessagesClient> => {
    const sdk = await loadAnthropicSdk(options);
    return {
      create: (request, signal) => sdk.messages.create({ ...request, stream: false }, { signal }),
      stream: (request, signal) => sdk.messages.create({ ...request, stream: true }, { signal }),
      countTokens: ({ model, system, messages, output_config, tools, tool_choice }, signal) =>
        sdk.messages.countTokens(
          {
            model,
            messages,
            ...(system === undefined ? {} : { system }),
            ...(output_config === undefined ? {} : { output_config }),
            ...(tools === undefined ? {} : { tools }),
            ...(tool_choice === undefined ? {} : { tool_choice }),
          } as Parameters<typeof sdk.messages.countTokens>[0],
          { signal },
        ),
    };
  });
  return createMessagesModel('anthropic', load, limits);
}
