import { setTimeout as pause } from 'node:timers/promises';
import type { MessageBatchResult } from '@anthropic-ai/sdk/resources/messages/batches';
import type { MessageCreateParamsNonStreaming } from '@anthropic-ai/sdk/resources/messages/messages';
import { type ModelFailure, passingFailure } from '../../domain/language-model/model-failure.ts';
import { orAborted } from '../../kernel/or-aborted.ts';
import { failure, type Result, success } from '../../kernel/result.ts';
import type { LanguageModel, ModelReply, ModelRequest } from '../../ports/language-model.ts';
import type { AnthropicModelOptions } from './create-anthropic-model.ts';
import { loadAnthropicSdk } from './load-sdk.ts';
import { toFailure } from './messages-failure.ts';
import { toReply } from './messages-reply.ts';
import { toMessagesRequest } from './messages-request.ts';

/** How patiently a batch is waited for, milliseconds. */
export interface BatchPatience {
  /** Calls that come within this time of one another go into one batch. */
  readonly gatherMs: number;
  /** The first wait before a batch is looked at; each further one is half as long again, up to the longest. */
  readonly firstLookMs: number;
  readonly longestLookMs: number;
}

/** Most batches end within minutes; the API promises a day. */
const PATIENCE: BatchPatience = { gatherMs: 300, firstLookMs: 2000, longestLookMs: 60_000 };
/** Requests of one batch; the API takes 100,000 and 256 MB. */
const MOST_REQUESTS = 10_000;

type Outcome = Result<ModelReply, ModelFailure>;

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
  const open = () => loadAnthropicSdk({ apiKey, baseUrl, timeoutMs });

  /** Makes a batch, waits for its end and reads the outcome of each call. Throws where that fails. */
  async function runBatch(
    requests: readonly ModelRequest[],
    signal: AbortSignal,
  ): Promise<ReadonlyMap<string, Outcome>> {
    const { batches } = (await open()).messages;
    const { id } = await batches.create(
      {
        requests: requests.map((request, index) => ({
          custom_id: idOf(index),
          params: toMessagesRequest('anthropic', request) as MessageCreateParamsNonStreaming,
        })),
      },
      { signal },
    );
    await untilEnded(async () => (await batches.retrieve(id, {}, { signal, maxRetries: 5 })).processing_status, signal);
    const outcomes = new Map<string, Outcome>();
    for await (const { custom_id, result } of await batches.results(id, {}, { signal, maxRetries: 5 })) {
      outcomes.set(custom_id, toOutcome(result));
    }
    return outcomes;
  }

  async function send(batch: readonly Waiting[]): Promise<void> {
    if (batch.length === 0) return;
    const signal = allAborted(batch.map(({ request }) => request.signal));
    try {
      const outcomes = await runBatch(
        batch.map(({ request }) => request),
        signal,
      );
      for (const [index, { resolve }] of batch.entries()) resolve(outcomes.get(idOf(index)) ?? LEFT_OUT);
    } catch (thrown) {
      const failed = failure(signal.aborted ? passingFailure('network', 'cancelled') : toFailure(thrown, clock.now()));
      for (const { resolve } of batch) resolve(failed);
    }
  }

  async function untilEnded(look: () => Promise<string>, signal: AbortSignal): Promise<void> {
    for (let waitMs = patience.firstLookMs; ; waitMs = Math.min(waitMs * 1.5, patience.longestLookMs)) {
      if ((await look()) === 'ended') return;
      await pause(waitMs, undefined, { signal });
    }
  }

  function sendSoon(): void {
    clearTimeout(timer);
    const flush = () => {
      const batch = queue;
      queue = [];
      void send(batch);
    };
    if (queue.length >= MOST_REQUESTS) flush();
    else timer = setTimeout(flush, patience.gatherMs);
  }

  return {
    provider: 'anthropic',
    isBatch: true,
    async generate(request) {
      request.signal.throwIfAborted();
      const answered = new Promise<Outcome>((resolve) => {
        queue.push({ request, resolve });
        sendSoon();
      });
      return orAborted(answered, request.signal);
    },
    countTokens: async () => null,
  };
}

/** Aborts when the last of them does: calls of several jobs share a batch, and one that is stopped takes no other with it. */
function allAborted(signals: readonly AbortSignal[]): AbortSignal {
  const controller = new AbortController();
  const distinct = [...new Set(signals)];
  const look = () => {
    if (distinct.every(({ aborted }) => aborted)) controller.abort(distinct[0]?.reason);
  };
  look();
  for (const signal of distinct) signal.addEventListener('abort', look, { once: true, signal: controller.signal });
  return controller.signal;
}

const LEFT_OUT = failure(passingFailure('bad_answer', 'the batch has no answer to the call'));

function idOf(index: number): string {
  return `call-${index}`;
}

function toOutcome(result: MessageBatchResult): Outcome {
  if (result.type === 'succeeded') return success(toReply(result.message));
  return failure({
    ...passingFailure('server_error', `the batch left the call ${result.type}`),
    retryable: false,
    mayBeBilled: false,
  });
}
