import type { StageName } from '../domain/assessment/schema.ts';
import type { TokenUsage } from '../domain/language-model/token-usage.ts';
import type { Origin, SourceName } from '../domain/source/lookup.ts';
import type { CacheNamespace } from './cache.ts';
import type { HttpPeer } from './http-peer.ts';

/** How one request to a source ended. */
export const SOURCE_OUTCOMES = [
  'ok',
  /** A status that answers the question, such as 404 for a CVE that the source does not know. */
  'absent',
  'rate_limited',
  /** Any other status that is no success. */
  'http_error',
  /** A body that cannot be read as what was asked for. */
  'unreadable',
  /** Nothing complete arrived: no connection, a broken one, or silence for too long. */
  'no_answer',
] as const;
export type SourceOutcome = (typeof SOURCE_OUTCOMES)[number];

/** How an assessment ended. */
export const ASSESSMENT_ENDS = ['done', 'failed', 'interrupted'] as const;
export type AssessmentEnd = (typeof ASSESSMENT_ENDS)[number];

/** One call of a language model that was sent. */
export interface ModelCallMeasure {
  readonly model: string;
  readonly agent: string;
  readonly seconds: number;
  readonly usage: TokenUsage;
  /** USD; null where nobody knows it: then nothing is added to the cost. */
  readonly costUsd: number | null;
}

/** How fresh a source was in an assessment: the moment its oldest fact was true (ISO 8601), null where there was none. */
export type Freshness = Readonly<Record<SourceName, { readonly origin: Origin; readonly at: string | null }>>;

/**
 * What is measured while ERAS works; the names that the outside knows it by are the adapter's. Each method returns at once and never throws:
 * measuring changes no result. All times are seconds.
 */
export interface Metrics {
  modelCall(call: ModelCallMeasure): void;
  /** One request on the wire, retries each on their own; without the wait for a rate limit. */
  sourceRequest(request: {
    readonly source: HttpPeer;
    readonly outcome: SourceOutcome;
    readonly seconds: number;
  }): void;
  cacheRequests(namespace: CacheNamespace, answers: { readonly hits: number; readonly misses: number }): void;
  /** Vulnerabilities that were scored. */
  cvesProcessed(count: number): void;
  stage(stage: StageName, seconds: number): void;
  assessment(ended: { readonly how: AssessmentEnd; readonly seconds: number }): void;
  factsAsOf(freshness: Freshness): void;
  /** How many jobs a queue holds in each state, now. */
  queueJobs(queue: string, counts: Readonly<Record<string, number>>): void;
  /** One search of the knowledge base. */
  retrieval(seconds: number): void;
}

const nothing = () => undefined;

/** Where nobody listens. */
export const NO_METRICS: Metrics = {
  modelCall: nothing,
  sourceRequest: nothing,
  cacheRequests: nothing,
  cvesProcessed: nothing,
  stage: nothing,
  assessment: nothing,
  factsAsOf: nothing,
  queueJobs: nothing,
  retrieval: nothing,
};
