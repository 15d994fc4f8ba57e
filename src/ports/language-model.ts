import type { ModelProvider } from '../domain/language-model/model-catalogue.ts';
import type { ModelFailure } from '../domain/language-model/model-failure.ts';
import type { TokenUsage } from '../domain/language-model/token-usage.ts';
import type { Result } from '../kernel/result.ts';

/** What a model is asked: the part that stays the same over calls first, so that it can be cached; the evidence last. */
export interface ModelPrompt {
  /** Instructions, glossary and output rules: equal to the byte over all calls of one prompt version. */
  readonly instructions: string;
  /** Whether the provider is to keep the instructions in its prompt cache: they are long enough, and it pays. */
  readonly isCached: boolean;
  /** The numbered evidence of this call: data, delimited. */
  readonly evidence: string;
  /** Whether the evidence quotes the user's own documents, which are then shown to nobody but the model. */
  readonly quotesDocuments?: boolean;
  /** JSON schema of the answer, and a name for it. */
  readonly schemaName: string;
  readonly schema: Readonly<Record<string, unknown>>;
}

/** One call of a model. */
export interface ModelRequest {
  readonly model: string;
  readonly prompt: ModelPrompt;
  readonly maxOutputTokens: number;
  /** How much the model may think before it answers, where it can be told. */
  readonly effort: 'low' | 'medium';
  readonly signal: AbortSignal;
  /** Told of the answer's text as it is written; the answer is then streamed. */
  readonly onText?: (delta: string) => void;
  /** Told under which name the answer can be had from the provider later, by whichever process, once the call has one; calls of batches have. */
  readonly onNamed?: (name: string) => Promise<void>;
  /** The name of a call that was sent before: it is not sent, but its answer waited for. */
  readonly sentAs?: string;
}

/** A model's answer: the JSON text, however it ended. */
export interface ModelReply {
  readonly text: string;
  /** `refusal`: the model declined; `max_tokens`: the answer was cut off. Both were paid for. */
  readonly stop: 'end' | 'refusal' | 'max_tokens';
  readonly usage: TokenUsage;
}

/**
 * A language model behind one provider. `generate` makes one call, without retries; it throws only where `signal` aborts (with
 * its reason).
 */
export interface LanguageModel {
  readonly provider: ModelProvider;
  /** Whether calls go out as batches: at half the price, patiently, all at the same time. */
  readonly isBatch: boolean;
  generate(request: ModelRequest): Promise<Result<ModelReply, ModelFailure>>;
  /** Tokens of the prompt by the provider's own count; null where it has none or could not tell. */
  countTokens(request: Pick<ModelRequest, 'model' | 'prompt' | 'signal'>): Promise<number | null>;
}
