import { once } from '../../kernel/once.ts';
import type { LanguageModel } from '../../ports/language-model.ts';
import { type CallLimits, createMessagesModel, type MessagesClient } from './create-messages-model.ts';

/** Where Anthropic's API is and who asks. */
export interface AnthropicModelOptions extends CallLimits {
  readonly apiKey: string;
  /** ANTHROPIC_BASE_URL; null is Anthropic's own. */
  readonly baseUrl: string | null;
}

/** Models of Anthropic's own API. The SDK is loaded with the first call; it retries nothing, because each call is accounted for. */
export function createAnthropicModel({ apiKey, baseUrl, ...limits }: AnthropicModelOptions): LanguageModel {
  const load = once(async (): Promise<MessagesClient> => {
    const { Anthropic } = await import('@anthropic-ai/sdk');
    const sdk = new Anthropic({
      apiKey,
      authToken: null,
      baseURL: baseUrl,
      maxRetries: 0,
      timeout: limits.timeoutMs,
      logLevel: 'off',
    });
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
