/** One row a setting: the whole of what ERAS reads from the environment and the config file, and the reference in docs/guide. */
export interface Setting {
  /** Name in the environment; in the config file the same name. */
  readonly name: string;
  readonly kind: 'text' | 'url' | 'path' | 'flag' | 'count' | 'milliseconds' | 'secret' | 'secrets';
  readonly default: string | null;
  readonly meaning: string;
}

/** Settings that are read today; names and defaults are the outside contract's, section 2. */
export const SETTINGS = [
  {
    name: 'ERAS_HOME',
    kind: 'path',
    default: null,
    meaning: "data folder: mirror, store, caches; default: the platform's data folder",
  },
  { name: 'ERAS_OFFLINE', kind: 'flag', default: null, meaning: '1 = as --offline: no network at all' },
  {
    name: 'NVD_API_URL',
    kind: 'url',
    default: 'https://services.nvd.nist.gov/rest/json',
    meaning: 'NVD; the client asks /cves/2.0 below it',
  },
  { name: 'NVD_API_KEY', kind: 'secrets', default: null, meaning: 'one NVD key, or several separated by commas' },
  {
    name: 'REDIS_URL',
    kind: 'secret',
    default: null,
    meaning: 'Redis: response cache, rate limits and queue shared by machines; none: the embedded store',
  },
  {
    name: 'ERAS_TENANT',
    kind: 'text',
    default: 'default',
    meaning: 'whose work it is that is put on the queue: tenants with less of it go first',
  },
  {
    name: 'ERAS_WORKER_DRAIN_MS',
    kind: 'milliseconds',
    default: '30000',
    meaning: 'how long a worker that is asked to stop goes on with its jobs, before it gives them back',
  },
  {
    name: 'ERAS_FLEET_MODEL_CALLS',
    kind: 'text',
    default: '16',
    meaning: 'jobs that call the language model at the same time, over all workers',
  },
  {
    name: 'DATABASE_URL',
    kind: 'secret',
    default: null,
    meaning: 'PostgreSQL for assessments, costs, tickets and the audit log; none: the embedded store',
  },
  {
    name: 'DATABASE_POOL_SIZE',
    kind: 'count',
    default: '8',
    meaning: 'connections to PostgreSQL of one process at most',
  },
  {
    name: 'DATABASE_TIMEOUT_MS',
    kind: 'milliseconds',
    default: '60000',
    meaning: 'time limit of one statement in PostgreSQL',
  },
  {
    name: 'CHROMA_URL',
    kind: 'secret',
    default: null,
    meaning: 'Chroma server for the vectors of the knowledge base; none: the embedded store',
  },
  {
    name: 'KEV_URL',
    kind: 'url',
    default: 'https://www.cisa.gov/sites/default/files/feeds/known_exploited_vulnerabilities.json',
    meaning: "CISA's Known Exploited Vulnerabilities catalogue",
  },
  { name: 'EPSS_API_URL', kind: 'url', default: 'https://api.first.org/data/v1/epss', meaning: 'EPSS look-ups' },
  {
    name: 'EPSS_CSV_URL',
    kind: 'url',
    default: 'https://epss.empiricalsecurity.com/epss_scores-current.csv.gz',
    meaning: 'the whole EPSS day, for sync',
  },
  {
    name: 'CVE_API_URL',
    kind: 'url',
    default: 'https://cveawg.mitre.org/api/cve',
    meaning: "CVE JSON 5 records with CISA's SSVC values",
  },
  {
    name: 'ATTACK_STIX_URL',
    kind: 'url',
    default:
      'https://raw.githubusercontent.com/mitre-attack/attack-stix-data/master/enterprise-attack/enterprise-attack.json',
    meaning: 'the ATT&CK bundle',
  },
  {
    name: 'OSV_API_URL',
    kind: 'url',
    default: 'https://api.osv.dev',
    meaning: 'OSV: package URL to advisories, and ids of other databases to CVE ids',
  },
  {
    name: 'SERVICENOW_INSTANCE_URL',
    kind: 'url',
    default: null,
    meaning: 'ServiceNow instance, such as https://example.service-now.com; for --servicenow',
  },
  {
    name: 'SERVICENOW_USERNAME',
    kind: 'text',
    default: null,
    meaning: 'account of the instance (basic, or the OAuth password grant)',
  },
  { name: 'SERVICENOW_PASSWORD', kind: 'secret', default: null, meaning: 'its password' },
  {
    name: 'SERVICENOW_TOKEN',
    kind: 'secret',
    default: null,
    meaning: 'bearer token, in the place of a name and password',
  },
  {
    name: 'SERVICENOW_CLIENT_ID',
    kind: 'text',
    default: null,
    meaning: 'OAuth client; with a name and password the password grant, else client credentials',
  },
  { name: 'SERVICENOW_CLIENT_SECRET', kind: 'secret', default: null, meaning: 'secret of the OAuth client' },
  {
    name: 'ERAS_HTTP_TIMEOUT_MS',
    kind: 'milliseconds',
    default: '10000',
    meaning: 'time limit of one request to a source',
  },
  {
    name: 'ERAS_SOURCE_BUDGET_MS',
    kind: 'milliseconds',
    default: '30000',
    meaning: 'all requests, waits and retries of one run on a source that keeps failing',
  },
  {
    name: 'ERAS_LLM',
    kind: 'text',
    default: null,
    meaning: 'anthropic, bedrock, openai or none; default: an Anthropic key, else an OpenAI key or URL, else none',
  },
  { name: 'ANTHROPIC_API_KEY', kind: 'secret', default: null, meaning: "key of Anthropic's API" },
  { name: 'ANTHROPIC_BASE_URL', kind: 'url', default: null, meaning: "default: Anthropic's own" },
  {
    name: 'AWS_REGION',
    kind: 'text',
    default: null,
    meaning: "region of Bedrock; credentials come from AWS' own chain",
  },
  {
    name: 'AWS_ENDPOINT_URL_BEDROCK_RUNTIME',
    kind: 'url',
    default: null,
    meaning: "default: AWS' own of the region",
  },
  { name: 'OPENAI_API_KEY', kind: 'secret', default: null, meaning: 'key of an OpenAI-compatible endpoint' },
  { name: 'OPENAI_BASE_URL', kind: 'url', default: null, meaning: "default: OpenAI's own" },
  { name: 'ERAS_OPENAI_MODEL', kind: 'text', default: null, meaning: 'the model of an OpenAI-compatible endpoint' },
  { name: 'ERAS_MODEL_FAST', kind: 'text', default: 'claude-haiku-5-5', meaning: 'model of the fast tier' },
  { name: 'ERAS_MODEL_BALANCED', kind: 'text', default: 'claude-sonnet-5-5', meaning: 'model of the balanced tier' },
  { name: 'ERAS_MODEL_DEEP', kind: 'text', default: 'claude-opus-5-5', meaning: 'model of the deep tier' },
  { name: 'ERAS_LLM_TIMEOUT_MS', kind: 'milliseconds', default: '60000', meaning: 'time limit of one model call' },
  {
    name: 'ERAS_LLM_MAX_COST_USD',
    kind: 'text',
    default: null,
    meaning: 'most that the language model may cost an assessment, USD',
  },
  {
    name: 'ERAS_EMBEDDER',
    kind: 'text',
    default: 'bundled',
    meaning: 'whose embeddings the knowledge base has: bundled, onnx, openai or bedrock',
  },
  {
    name: 'ERAS_EMBEDDING_MODEL',
    kind: 'text',
    default: null,
    meaning:
      'folder of the model for onnx; model of openai, default text-embedding-3-small; id of bedrock, default amazon.titan-embed-text-v2:0',
  },
  {
    name: 'ERAS_METRICS_PORT',
    kind: 'text',
    default: null,
    meaning:
      'port of Prometheus metrics at /metrics, for the whole run of assess where it is set, 8000 for worker; 0 picks a free one and tells it',
  },
  { name: 'ERAS_METRICS_HOST', kind: 'text', default: '127.0.0.1', meaning: 'address that metrics are served on' },
  {
    name: 'OTEL_EXPORTER_OTLP_ENDPOINT',
    kind: 'url',
    default: null,
    meaning: 'OpenTelemetry collector (OTLP over HTTP) that traces go to, at /v1/traces below it; none: off',
  },
  {
    name: 'OTEL_EXPORTER_OTLP_HEADERS',
    kind: 'secret',
    default: null,
    meaning: 'headers for the collector, key=value separated by commas',
  },
  { name: 'OTEL_SERVICE_NAME', kind: 'text', default: 'eras', meaning: 'name of the service in traces' },
  {
    name: 'LANGSMITH_TRACING',
    kind: 'flag',
    default: null,
    meaning: '1 = traces of agents and models go to LangSmith',
  },
  { name: 'LANGSMITH_API_KEY', kind: 'secret', default: null, meaning: 'its key' },
  { name: 'LANGSMITH_PROJECT', kind: 'text', default: 'eras', meaning: 'project of LangSmith' },
  {
    name: 'LANGSMITH_ENDPOINT',
    kind: 'url',
    default: 'https://api.smith.langchain.com',
    meaning: "LangSmith's API",
  },
  {
    name: 'ERAS_TRACE_CONTENT',
    kind: 'flag',
    default: null,
    meaning: '1 = traces hold prompts and answers of models, too, but for those that quote your documents',
  },
  {
    name: 'LOG_LEVEL',
    kind: 'text',
    default: null,
    meaning: 'trace, debug, info, warn, error or silent; default: warn, and info for serve and worker',
  },
] as const satisfies readonly Setting[];

export type SettingName = (typeof SETTINGS)[number]['name'];
