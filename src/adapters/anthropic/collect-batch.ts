import { setTimeout as pause } from 'node:timers/promises';
import type { Batches, MessageBatchResult } from '@anthropic-ai/sdk/resources/messages/batches';
import { type ModelFailure, passingFailure } from '../../domain/language-model/model-failure.ts';
import { failure, type Result, success } from '../../kernel/result.ts';
import type { ModelReply } from '../../ports/language-model.ts';
import { toReply } from './messages-reply.ts';

/** How patiently a batch is waited for, milliseconds. */
export interface BatchPatience {
  /** Calls that come within this time of one another go into one batch. */
  readonly gatherMs: number;
  /** The first wait before a batch is looked at; each further one is half as long again, up to the longest. */
  readonly firstLookMs: number;
  readonly longestLookMs: number;
}

export type Outcome = Result<ModelReply, ModelFailure>;

/** Those who wait for something together: calls of several jobs share a batch, and one that is stopped takes no other with it. */
export interface Interest {
  /** Aborts when the last of them has gone. */
  readonly signal: AbortSignal;
  join(signal: AbortSignal): void;
}

/** Creates the interest of nobody yet. */
export function createInterest(): Interest {
  const controller = new AbortController();
  const waiting = new Set<AbortSignal>();
  return {
    signal: controller.signal,
    join(signal) {
      waiting.add(signal);
      const leave = () => {
        waiting.delete(signal);
        if (waiting.size === 0) controller.abort(signal.reason);
      };
      if (signal.aborted) leave();
      else signal.addEventListener('abort', leave, { once: true, signal: controller.signal });
    },
  };
}

type Outcomes = ReadonlyMap<string, Outcome>;

/** Waits for the end of a batch and reads the outcome of each of its calls, once for all who wait for the same one. It rejects where that fails. */
export function createCollector(
  open: () => Promise<Pick<Batches, 'retrieve' | 'results'>>,
  { firstLookMs, longestLookMs }: BatchPatience,
): (batchId: string, interest: Interest) => Promise<Outcomes> {
  const underWay = new Map<string, { readonly outcomes: Promise<Outcomes>; readonly all: Interest }>();

  async function collect(batchId: string, signal: AbortSignal): Promise<Outcomes> {
    const batches = await open();
    for (let waitMs = firstLookMs; ; waitMs = Math.min(waitMs * 1.5, longestLookMs)) {
      const { processing_status: status } = await batches.retrieve(batchId, {}, { signal, maxRetries: 5 });
      if (status === 'ended') break;
      await pause(waitMs, undefined, { signal });
    }
    const outcomes = new Map<string, Outcome>();
    for await (const { custom_id, result } of await batches.results(batchId, {}, { signal, maxRetries: 5 })) {
      outcomes.set(custom_id, toOutcome(result));
    }
    return outcomes;
  }

  return (batchId, interest) => {
    const known = underWay.get(batchId);
    if (known !== undefined && !known.all.signal.aborted) {
      known.all.join(interest.signal);
      return known.outcomes;
    }
    const all = createInterest();
    all.join(interest.signal);
    const entry = { all, outcomes: collect(batchId, all.signal) };
    underWay.set(batchId, entry);
    const forget = () => {
      if (underWay.get(batchId) === entry) underWay.delete(batchId);
    };
    entry.outcomes.then(forget, forget);
    return entry.outcomes;
  };
}

function toOutcome(result: MessageBatchResult): Outcome {
  if (result.type === 'succeeded') return success(toReply(result.message));
  return failure({
    ...passingFailure('server_error', `the batch left the call ${result.type}`),
    retryable: false,
    mayBeBilled: false,
  });
}
