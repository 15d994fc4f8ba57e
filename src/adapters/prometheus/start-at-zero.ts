import { STAGE_NAMES } from '../../domain/assessment/schema.ts';
import { SOURCE_NAMES } from '../../domain/source/lookup.ts';
import { CACHE_NAMESPACES } from '../../ports/cache.ts';
import { HTTP_PEERS } from '../../ports/http-peer.ts';
import { ASSESSMENT_ENDS, SOURCE_OUTCOMES } from '../../ports/metrics.ts';
import type { Instruments } from './metric-registry.ts';

/** The models that are asked, and by whom. */
export interface AskedModels {
  readonly models: readonly string[];
  readonly agents: readonly string[];
}

const TOKEN_KINDS = ['input', 'cache_write', 'cache_read', 'output'];

/**
 * Makes every series that is known beforehand appear with 0: a rate over a series that begins with its first event misses that event.
 */
export function startAtZero(instruments: Instruments, { models, agents }: AskedModels): void {
  for (const model of models) {
    instruments.llm_latency_seconds.zero({ model });
    for (const kind of TOKEN_KINDS) instruments.llm_tokens_total.inc({ model, kind }, 0);
    for (const agent of agents) {
      instruments.llm_calls_total.inc({ model, agent }, 0);
      instruments.llm_cost_usd_total.inc({ model, agent }, 0);
    }
  }
  for (const namespace of CACHE_NAMESPACES) {
    for (const result of ['hit', 'miss']) instruments.cache_requests_total.inc({ namespace, result }, 0);
  }
  for (const source of HTTP_PEERS) {
    instruments.source_latency_seconds.zero({ source });
    for (const outcome of SOURCE_OUTCOMES) instruments.source_requests_total.inc({ source, outcome }, 0);
  }
  for (const stage of STAGE_NAMES) instruments.stage_duration_seconds.zero({ stage });
  for (const status of ASSESSMENT_ENDS) instruments.assessments_total.inc({ status }, 0);
  for (const source of SOURCE_NAMES) instruments.facts_as_of_timestamp_seconds.set({ source }, 0);
}
