import { once } from '../../kernel/once.ts';
import type { LanguageModel } from '../../ports/language-model.ts';
import { type CallLimits, createMessagesModel, type MessagesClient } from './create-messages-model.ts';

/** Where Bedrock is; credentials come from AWS' own chain. */
export interface BedrockModelOptions extends CallLimits {
  readonly region: string | null;
  /** AWS_ENDPOINT_URL_BEDROCK_RUNTIME; null is AWS' own of the region. */
  readonly endpoint: string | null;
}

/** The same models through Amazon Bedrock: it counts no tokens and has no batches of this API. */
export function createBedrockModel({ region, endpoint, ...limits }: BedrockModelOptions): LanguageModel {
  const load = once(async (): Promise<MessagesClient> => {
    const { AnthropicBedrock } = await import('@anthropic-ai/bedrock-sdk');
    const sdk = new AnthropicBedrock({
      maxRetries: 0,
      timeout: limits.timeoutMs,
      logLevel: 'off',
      ...(region === null ? {} : { awsRegion: region }),
      ...(endpoint === null ? {} : { baseURL: endpoint }),
    });
    return {
      create: (request, signal) => sdk.messages.create({ ...request, stream: false }, { signal }),
      stream: (request, signal) => sdk.messages.create({ ...request, stream: true }, { signal }),
      countTokens: null,
    };
  });
  return createMessagesModel('bedrock', load, limits);
}
