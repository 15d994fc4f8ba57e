import type { Metrics, ModelCallMeasure } from '../../ports/metrics.ts';
import type { Instruments } from './metric-registry.ts';

/** What may stand in labels whose values come from outside; everything else is `other`, so that the number of series stays bounded. */
export interface KnownLabels {
  readonly models: readonly string[];
  readonly agents: readonly string[];
  readonly queues: readonly string[];
  readonly states: readonly string[];
}

const OTHER = 'other';

/** Measures into Prometheus' instruments. */
export function createPrometheusMetrics(instruments: Instruments, known: KnownLabels): Metrics {
  const modelOf = bounded(known.models);
  const agentOf = bounded(known.agents);
  const queueOf = bounded(known.queues);
  const stateOf = bounded(known.states);

  function countTokens(model: string, { usage }: ModelCallMeasure): void {
    const tokens = instruments.llm_tokens_total;
    tokens.inc({ model, kind: 'input' }, usage.input);
    tokens.inc({ model, kind: 'cache_write' }, usage.cacheWrite5m + usage.cacheWrite1h);
    tokens.inc({ model, kind: 'cache_read' }, usage.cacheRead);
    tokens.inc({ model, kind: 'output' }, usage.output);
  }

  return {
    modelCall(call) {
      const model = modelOf(call.model);
      const agent = agentOf(call.agent);
      instruments.llm_calls_total.inc({ model, agent });
      instruments.llm_latency_seconds.observe({ model }, call.seconds);
      instruments.llm_cost_usd_total.inc({ model, agent }, call.costUsd ?? 0);
      countTokens(model, call);
    },
    sourceRequest({ source, outcome, seconds }) {
      instruments.source_requests_total.inc({ source, outcome });
      instruments.source_latency_seconds.observe({ source }, seconds);
    },
    cacheRequests(namespace, { hits, misses }) {
      instruments.cache_requests_total.inc({ namespace, result: 'hit' }, hits);
      instruments.cache_requests_total.inc({ namespace, result: 'miss' }, misses);
    },
    cvesProcessed: (count) => instruments.cves_processed_total.inc(count),
    stage: (stage, seconds) => instruments.stage_duration_seconds.observe({ stage }, seconds),
    assessment({ how, seconds }) {
      instruments.assessments_total.inc({ status: how });
      if (how === 'done') instruments.assessment_duration_seconds.observe(seconds);
    },
    factsAsOf(freshness) {
      for (const [source, { at }] of Object.entries(freshness)) {
        const asOf = at === null ? Number.NaN : Date.parse(at);
        if (Number.isFinite(asOf)) instruments.facts_as_of_timestamp_seconds.set({ source }, asOf / 1000);
      }
    },
    queueJobs(queue, counts) {
      for (const [state, count] of Object.entries(counts)) {
        instruments.queue_jobs.set({ queue: queueOf(queue), state: stateOf(state) }, count);
      }
    },
    retrieval: (seconds) => instruments.rag_retrieval_seconds.observe(seconds),
  };
}

function bounded(known: readonly string[]): (value: string) => string {
  const all = new Set(known);
  return (value) => (all.has(value) ? value : OTHER);
}
