import type { CostGroup } from '../domain/language-model/cost-group.ts';
import type { CostLine } from '../domain/language-model/cost-line.ts';
import type { ModelProvider } from '../domain/language-model/model-catalogue.ts';
import type { TokenUsage } from '../domain/language-model/token-usage.ts';
import type { ModelReply } from './language-model.ts';

/** A call of a model as it is booked before it is sent. */
export interface BookedCall {
  readonly assessmentId: string;
  /** Who asked: `vulnerability`, `threat`, `report`. */
  readonly agent: string;
  readonly provider: ModelProvider;
  readonly model: string;
  readonly promptVersion: string;
  /** The day of the price table. */
  readonly pricesAsOf: string;
  readonly isBatch: boolean;
  /** Whether the provider was asked to keep the prompt's stable part in its cache. */
  readonly isCacheAsked: boolean;
  /** By which the same prompt to the same model is known again. */
  readonly promptHash: string;
  /** The most that it can cost, USD; null where the price is not known. */
  readonly mostUsd: number | null;
  readonly sentAt: string;
}

/**
 * How a call ended. `sent`: nobody knows, the process was killed meanwhile; `lost`: its answer did not come whole, and the provider
 * may charge for it; `failed`: no answer, and no charge.
 */
export type CallOutcome = 'sent' | 'lost' | 'answered' | 'refused' | 'cut_off' | 'failed';

/** A model's answer, as far as it is used. */
export type PaidReply = Pick<ModelReply, 'text' | 'stop'>;

/** What an assessment has paid for already: an answer, or a call that was sent and whose answer can still be had, by its name. */
export type PaidCall =
  | { readonly kind: 'answered'; readonly reply: PaidReply }
  | { readonly kind: 'sent'; readonly id: number; readonly name: string };

/** A paid call as stores keep it. */
export interface PaidRow {
  readonly id: number | string;
  readonly reply: string | null;
  readonly sent_as: string | null;
}

/** Reads a kept call: an answer goes before a name. */
export function toPaidCall({ id, reply, sent_as: name }: PaidRow): PaidCall {
  if (reply !== null) return { kind: 'answered', reply: JSON.parse(reply) as PaidReply };
  return { kind: 'sent', id: Number(id), name: name ?? '' };
}

/** Calls that asked the provider to keep their stable part, those of them where it wrote or read it, and the tokens that were read. */
export interface PromptCacheUse {
  readonly asked: number;
  readonly effective: number;
  readonly readTokens: number;
}

/** How many of the latest calls are looked at: an endpoint that has begun or ceased to keep prompts shows soon. */
export const LATE_CALLS = 100;

/** The account of every call of a language model: each is booked before it is sent, so that none is lost whatever happens to the process. */
export interface CostLedger {
  book(call: BookedCall): Promise<number>;
  /**
   * Books a call where it fits under the cap of its assessment, USD, beside everything that any process has spent or booked for it; all in one step.
   * `later`: it may fit once calls that were sent after `sentAfter` (ISO 8601) have ended; `never`: not even then.
   */
  bookWithin(call: BookedCall, capUsd: number, sentAfter: string): Promise<number | 'later' | 'never'>;
  close(
    id: number,
    end: {
      readonly outcome: CallOutcome;
      /** As far as told. */
      readonly usage: TokenUsage;
      readonly costUsd: number | null;
      readonly endedAt: string;
      /** What was paid for: kept in the same moment, so that a killed run finds it and pays no second time. */
      readonly reply: PaidReply | null;
    },
  ): Promise<void>;
  /** Keeps the name by which the answer to a call can be had later. */
  name(id: number, name: string): Promise<void>;
  /** What an assessment has paid for already; null where it has not. */
  findPaid(assessmentId: string, promptHash: string): Promise<PaidCall | null>;
  /** Forgets the answers of an assessment that has ended; what they cost stays. */
  forgetReplies(assessmentId: string): Promise<void>;
  /** The latest calls (100 at most) that asked the provider to keep their stable part. */
  promptCacheUse(): Promise<PromptCacheUse>;
  sumUp(group: CostGroup, filter?: { readonly assessmentId?: string }): Promise<CostLine[]>;
}
