import type { ModelProvider } from '../../domain/language-model/model-catalogue.ts';
import type { ModelFailure } from '../../domain/language-model/model-failure.ts';
import { promptTokens, type TokenUsage } from '../../domain/language-model/token-usage.ts';
import type { Result } from '../../kernel/result.ts';
import type { CallOutcome } from '../../ports/cost-ledger.ts';
import type { ModelReply, ModelRequest } from '../../ports/language-model.ts';
import type { Telemetry } from '../../ports/telemetry.ts';
import type { Span, SpanAttributes } from '../../ports/tracing.ts';
import type { ModelTask } from './policy.ts';

/** A call of a model as it came back, and what it cost (USD, null where nobody knows). */
export interface CallResult {
  readonly result: Result<ModelReply, ModelFailure>;
  readonly usage: TokenUsage;
  readonly outcome: CallOutcome;
  readonly knownUsd: number | null;
}

/** Who asks whom. */
export interface ObservedCall {
  readonly provider: ModelProvider;
  readonly agent: ModelTask;
  readonly request: ModelRequest;
  readonly assessmentId: string;
}

/** Names of the GenAI semantic conventions (OpenTelemetry, registry of providers). */
const PROVIDER_NAMES: Readonly<Record<ModelProvider, string>> = {
  anthropic: 'anthropic',
  bedrock: 'aws.bedrock',
  openai: 'openai',
};

/** Sends a call in a span of its own and measures it: time, tokens, cost. */
export async function observeCall(
  { metrics, tracing }: Telemetry,
  call: ObservedCall,
  send: () => Promise<CallResult>,
): Promise<CallResult> {
  const { provider, agent, request, assessmentId } = call;
  const attributes: SpanAttributes = {
    'gen_ai.operation.name': 'chat',
    'gen_ai.provider.name': PROVIDER_NAMES[provider],
    'gen_ai.request.model': request.model,
    'gen_ai.request.max_tokens': request.maxOutputTokens,
    'gen_ai.output.type': 'json',
    'gen_ai.agent.name': agent,
    'eras.assessment.id': assessmentId,
  };
  return tracing.inSpan({ kind: 'model', name: `chat ${request.model}`, attributes }, async (span) => {
    const startedAt = performance.now();
    const sent = await send();
    const seconds = (performance.now() - startedAt) / 1000;
    metrics.modelCall({ model: request.model, agent, seconds, usage: sent.usage, costUsd: sent.knownUsd });
    describe(span, sent, request);
    return sent;
  });
}

function describe(span: Span, { result, usage, outcome, knownUsd }: CallResult, request: ModelRequest): void {
  span.set({
    'gen_ai.usage.input_tokens': promptTokens(usage),
    'gen_ai.usage.output_tokens': usage.output,
    'gen_ai.usage.cache_read.input_tokens': usage.cacheRead,
    'gen_ai.usage.cache_creation.input_tokens': usage.cacheWrite5m + usage.cacheWrite1h,
    'eras.outcome': outcome,
    ...(knownUsd === null ? {} : { 'eras.cost_usd': knownUsd }),
    ...(result.ok ? { 'gen_ai.response.finish_reasons': [result.value.stop] } : { 'error.type': result.error.kind }),
  });
  if (!result.ok) span.fail(result.error.kind);
  if (result.ok && request.prompt.quotesDocuments !== true) {
    const { instructions, evidence } = request.prompt;
    span.content(() => ({ input: `${instructions}\n\n${evidence}`, output: result.value.text }));
  }
}
