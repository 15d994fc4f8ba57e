import type { MessageCreateParamsBase, MessageTokensCount } from '@anthropic-ai/sdk/resources/messages/messages';
import { findModelFacts, type ModelProvider } from '../../domain/language-model/model-catalogue.ts';
import type { ModelPrompt, ModelRequest } from '../../ports/language-model.ts';

/**
 * A request of the Messages API. The stable part goes first and carries the cache breakpoint. The answer is held to its schema by
 * structured output, or by a forced tool where the model does not know that. No sampling parameters: current models refuse
 * them.
 */
export function toMessagesRequest(provider: ModelProvider, request: ModelRequest): MessageCreateParamsBase {
  const { model, prompt, maxOutputTokens, effort } = request;
  const facts = findModelFacts(provider, model);
  const isHeld = facts?.holdsSchema ?? true;
  return {
    model,
    max_tokens: maxOutputTokens,
    system: [
      {
        type: 'text',
        text: prompt.instructions,
        ...(prompt.isCached ? { cache_control: { type: 'ephemeral' as const } } : {}),
      },
    ],
    messages: [{ role: 'user', content: prompt.evidence }],
    ...(isHeld ? { output_config: outputConfig(prompt, facts?.takesEffort ? effort : null) } : forcedTool(prompt)),
    ...(effort === 'medium' && facts?.takesEffort ? { thinking: { type: 'adaptive' as const } } : {}),
  };
}

/** The same prompt, to be counted. */
export type CountTokens = (request: MessageCreateParamsBase, signal: AbortSignal) => Promise<MessageTokensCount>;

function outputConfig({ schema }: ModelPrompt, effort: ModelRequest['effort'] | null) {
  return { format: { type: 'json_schema' as const, schema: { ...schema } }, ...(effort === null ? {} : { effort }) };
}

function forcedTool({ schemaName, schema }: ModelPrompt) {
  return {
    tools: [{ name: schemaName, input_schema: { ...schema, type: 'object' as const } }],
    tool_choice: { type: 'tool' as const, name: schemaName },
  };
}
