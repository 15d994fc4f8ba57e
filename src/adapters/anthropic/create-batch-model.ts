import type { MessageCreateParamsNonStreaming } from '@anthropic-ai/sdk/resources/messages/messages';
import { passingFailure } from '../../domain/language-model/model-failure.ts';
import { orAborted } from '../../kernel/or-aborted.ts';
import { failure } from '../../kernel/result.ts';
import type { LanguageModel, ModelRequest } from '../../ports/language-model.ts';
import { type BatchPatience, createCollector, createInterest, type Outcome } from './collect-batch.ts';
import type { AnthropicModelOptions } from './create-anthropic-model.ts';
import { loadAnthropicSdk } from './load-sdk.ts';
import { toFailure } from './messages-failure.ts';
import { toMessagesRequest } from './messages-request.ts';

/** Most batches end within minutes; the API promises a day. */
const PATIENCE: BatchPatience = { gatherMs: 300, firstLookMs: 2000, longestLookMs: 60_000 };
/** Requests of one batch; the API takes 100,000 and 256 MB. */
const MOST_REQUESTS = 10_000;

interface Waiting {
  readonly request: ModelRequest;
  readonly resolve: (outcome: Outcome) => void;
}

/**
 * Anthropic's models through the Message Batches API, at half the price: calls made at the same time go out as one batch, and each is answered when the
 * batch has ended. It may take long; nothing is streamed.
 */
export function createBatchModel(
  { apiKey, baseUrl, clock, timeoutMs }: AnthropicModelOptions,
  patience: BatchPatience = PATIENCE,
): LanguageModel {
  let queue: Waiting[] = [];
  let timer: NodeJS.Timeout | undefined;

  // Only looking at a batch is repeated.
  const open = async () => (await loadAnthropicSdk({ apiKey, baseUrl, timeoutMs })).messages.batches;
  const collect = createCollector(open, patience);

  /** Makes a batch and tells each call its name. Returns the batch's. */
  async function make(calls: readonly Waiting[], signal: AbortSignal): Promise<string> {
    const requests = calls.map(({ request }, index) => ({
      custom_id: idOf(index),
      params: toMessagesRequest('anthropic', request) as MessageCreateParamsNonStreaming,
    }));
    const { id } = await (await open()).create({ requests }, { signal });
    // Who cannot keep the name has the answer nevertheless.
    await Promise.allSettled(calls.map(({ request }, index) => request.onNamed?.(nameOf(id, index))));
    return id;
  }

  async function sendAll(calls: readonly Waiting[]): Promise<void> {
    if (calls.length === 0) return;
    const interest = createInterest();
    for (const { request } of calls) interest.join(request.signal);
    try {
      const outcomes = await collect(await make(calls, interest.signal), interest);
      for (const [index, { resolve }] of calls.entries()) resolve(outcomes.get(idOf(index)) ?? LEFT_OUT);
    } catch (thrown) {
      const failed = failure(asFailure(thrown, interest.signal));
      for (const { resolve } of calls) resolve(failed);
    }
  }

  /** The answer to a call of a batch that an earlier process made. */
  async function fetchAnswer(name: string, signal: AbortSignal): Promise<Outcome> {
    const [batchId = '', callId = ''] = name.split('/', 2);
    const interest = createInterest();
    interest.join(signal);
    try {
      return (await collect(batchId, interest)).get(callId) ?? LEFT_OUT;
    } catch (thrown) {
      const why = asFailure(thrown, signal);
      if (why.kind !== 'rejected') return failure(why);
      // It is kept for 29 days: what is gone is asked for anew.
      const reason = `the batch of an earlier run is gone: ${why.reason}`;
      return failure({ ...passingFailure('server_error', reason), mayBeBilled: false });
    }
  }

  const asFailure = (thrown: unknown, signal: AbortSignal) =>
    signal.aborted ? passingFailure('network', 'cancelled') : toFailure(thrown, clock.now());

  function sendSoon(): void {
    clearTimeout(timer);
    const flush = () => {
      const batch = queue;
      queue = [];
      void sendAll(batch);
    };
    if (queue.length >= MOST_REQUESTS) flush();
    else timer = setTimeout(flush, patience.gatherMs);
  }

  return {
    provider: 'anthropic',
    isBatch: true,
    async generate(request) {
      const { signal, sentAs } = request;
      signal.throwIfAborted();
      if (sentAs !== undefined) return orAborted(fetchAnswer(sentAs, signal), signal);
      const answered = new Promise<Outcome>((resolve) => {
        queue.push({ request, resolve });
        sendSoon();
      });
      return orAborted(answered, signal);
    },
    countTokens: async () => null,
  };
}

const LEFT_OUT = failure(passingFailure('bad_answer', 'the batch has no answer to the call'));

const idOf = (index: number) => `call-${index}`;
const nameOf = (batchId: string, index: number) => `${batchId}/${idOf(index)}`;
