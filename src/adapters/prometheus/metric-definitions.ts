/** A metric: its name outside, what it says, its labels, and the upper bounds of its buckets where it is a histogram. */
export interface MetricDefinition {
  readonly kind: 'counter' | 'gauge' | 'histogram';
  readonly help: string;
  readonly labels: readonly string[];
  readonly buckets?: readonly number[];
}

/** A model thinks for seconds; past its time limit (a minute unless told) only batches go on. */
const MODEL_BUCKETS = [0.25, 0.5, 1, 2, 4, 8, 15, 30, 60, 120, 600];
/** A source near by answers in tens of milliseconds, a busy one in seconds; a request is given ten. */
const SOURCE_BUCKETS = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];
/** From one cached CVE to a portfolio; 2, 10 and 30 seconds are the targets for one CVE, ten, and fifty. */
const ASSESSMENT_BUCKETS = [0.1, 0.25, 0.5, 1, 2, 5, 10, 30, 60, 120, 300, 900, 3600];
const STAGE_BUCKETS = [0.005, 0.01, 0.05, 0.1, 0.5, 1, 2, 5, 10, 30, 60, 120, 300, 900];
/** An embedded search takes milliseconds; 0.5 seconds is the target at the most. */
const RETRIEVAL_BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5];

/** Every metric of ours: the names and labels of the outside contract, section 5, and those that the alerts need beside them. */
export const METRICS = {
  llm_calls_total: { kind: 'counter', help: 'Calls of the language model that were sent', labels: ['model', 'agent'] },
  llm_latency_seconds: {
    kind: 'histogram',
    help: 'From sending a call of the language model to its last word',
    labels: ['model'],
    buckets: MODEL_BUCKETS,
  },
  llm_tokens_total: {
    kind: 'counter',
    help: 'Tokens by how they are billed: input, cache_write, cache_read, output',
    labels: ['model', 'kind'],
  },
  llm_cost_usd_total: {
    kind: 'counter',
    help: 'Cost of the language model, USD; calls of an unknown price add nothing',
    labels: ['model', 'agent'],
  },
  cves_processed_total: { kind: 'counter', help: 'Vulnerabilities that were scored', labels: [] },
  cache_requests_total: {
    kind: 'counter',
    help: 'Look-ups in the response cache: hit or miss',
    labels: ['namespace', 'result'],
  },
  source_requests_total: {
    kind: 'counter',
    help: 'Requests on the wire, each try on its own: ok, absent, rate_limited, http_error, unreadable, no_answer',
    labels: ['source', 'outcome'],
  },
  source_latency_seconds: {
    kind: 'histogram',
    help: 'One request to a source, without the wait for its rate limit',
    labels: ['source'],
    buckets: SOURCE_BUCKETS,
  },
  assessments_total: {
    kind: 'counter',
    help: 'Assessments by how they ended: done, failed, interrupted',
    labels: ['status'],
  },
  assessment_duration_seconds: {
    kind: 'histogram',
    help: 'Finished assessments, from intake to report',
    labels: [],
    buckets: ASSESSMENT_BUCKETS,
  },
  stage_duration_seconds: {
    kind: 'histogram',
    help: 'Stages of finished assessments, each from its first start to its last end',
    labels: ['stage'],
    buckets: STAGE_BUCKETS,
  },
  facts_as_of_timestamp_seconds: {
    kind: 'gauge',
    help: "The moment a source's oldest fact in the last assessment was true, Unix time; 0 before there was one",
    labels: ['source'],
  },
  queue_jobs: { kind: 'gauge', help: 'Jobs of a queue by state', labels: ['queue', 'state'] },
  rag_retrieval_seconds: {
    kind: 'histogram',
    help: 'One search of the knowledge base',
    labels: [],
    buckets: RETRIEVAL_BUCKETS,
  },
} as const satisfies Readonly<Record<string, MetricDefinition>>;

export type MetricName = keyof typeof METRICS;
