import type { SpanAttributes } from '../../ports/tracing.ts';

/** Attributes of a span as LangSmith's metadata: beside their own names, those under which it counts tokens and cost. */
export function toMetadata(attributes: SpanAttributes): Record<string, unknown> {
  const input = attributes['gen_ai.usage.input_tokens'];
  const output = attributes['gen_ai.usage.output_tokens'];
  const cost = attributes['eras.cost_usd'];
  const model = attributes['gen_ai.request.model'];
  const provider = attributes['gen_ai.provider.name'];
  return {
    ...attributes,
    ...(model === undefined ? {} : { ls_model_name: model, ls_model_type: 'chat' }),
    ...(provider === undefined ? {} : { ls_provider: provider }),
    ...(typeof input === 'number' && typeof output === 'number'
      ? {
          usage_metadata: {
            input_tokens: input,
            output_tokens: output,
            total_tokens: input + output,
            ...(cost === undefined ? {} : { total_cost: cost }),
          },
        }
      : {}),
  };
}
