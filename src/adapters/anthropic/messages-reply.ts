import type { Message, RawMessageStreamEvent, StopReason, Usage } from '@anthropic-ai/sdk/resources/messages/messages';
import { NO_TOKENS, type TokenUsage } from '../../domain/language-model/token-usage.ts';
import type { ModelReply } from '../../ports/language-model.ts';

/** What a whole answer says. Thinking comes before it and is not part of it. */
export function toReply({ content, stop_reason, usage }: Message): ModelReply {
  const text = content
    .map((block) => (block.type === 'text' ? block.text : block.type === 'tool_use' ? JSON.stringify(block.input) : ''))
    .join('');
  return { text, stop: toStop(stop_reason), usage: toUsage(usage) };
}

/** Puts a streamed answer together, and knows at any moment what it has cost. */
export class StreamedReply {
  #text = '';
  #stop: StopReason | null = null;
  #usage: TokenUsage | null = null;
  #outputIsFinal = false;
  readonly #onText: (delta: string) => void;

  constructor(onText: (delta: string) => void) {
    this.#onText = onText;
  }

  add(event: RawMessageStreamEvent): void {
    if (event.type === 'message_start') this.#usage = toUsage(event.message.usage);
    else if (event.type === 'content_block_delta') this.#addText(textOf(event.delta));
    else if (event.type === 'message_delta') {
      this.#stop = event.delta.stop_reason;
      this.#usage = { ...(this.#usage ?? NO_TOKENS), output: event.usage.output_tokens };
      this.#outputIsFinal = true;
    }
  }

  /** Null until the answer has ended as it should: a stream that breaks off is no answer. */
  get reply(): ModelReply | null {
    if (!this.#outputIsFinal || this.#usage === null) return null;
    return { text: this.#text, stop: toStop(this.#stop), usage: this.#usage };
  }

  /** What is to be paid for what has arrived; output is estimated until the provider tells. Null where nothing has arrived. */
  get usage(): TokenUsage | null {
    if (this.#usage === null || this.#outputIsFinal) return this.#usage;
    return {
      ...this.#usage,
      output: Math.max(this.#usage.output, Math.ceil(this.#text.length / CHARACTERS_PER_TOKEN)),
    };
  }

  #addText(delta: string): void {
    if (delta === '') return;
    this.#text += delta;
    this.#onText(delta);
  }
}

/** English prose and JSON have three to four characters a token; the lower one estimates more tokens. */
const CHARACTERS_PER_TOKEN = 3;

function textOf(delta: { readonly type: string; readonly text?: string; readonly partial_json?: string }): string {
  if (delta.type === 'text_delta') return delta.text ?? '';
  return delta.type === 'input_json_delta' ? (delta.partial_json ?? '') : '';
}

function toStop(reason: StopReason | null): ModelReply['stop'] {
  if (reason === 'refusal') return 'refusal';
  return reason === 'max_tokens' || reason === 'model_context_window_exceeded' ? 'max_tokens' : 'end';
}

function toUsage(usage: Usage): TokenUsage {
  const written = usage.cache_creation_input_tokens ?? 0;
  const oneHour = usage.cache_creation?.ephemeral_1h_input_tokens ?? 0;
  return {
    input: usage.input_tokens,
    cacheWrite5m: Math.max(0, written - oneHour),
    cacheWrite1h: oneHour,
    cacheRead: usage.cache_read_input_tokens ?? 0,
    output: usage.output_tokens,
  };
}
