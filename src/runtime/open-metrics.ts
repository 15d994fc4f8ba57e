import { MODEL_TASKS } from '../agents/language-model/policy.ts';
import type { Config } from '../config/config.ts';
import { MODEL_NAMES } from '../domain/language-model/model-catalogue.ts';
import type { Metrics } from '../ports/metrics.ts';
import { modelsOf } from './create-language-model.ts';

/** How metrics are served. */
export interface MetricsOptions {
  readonly host: string;
  /** 0: any that is free. */
  readonly port: number;
  /** Names of queues and of the states of their jobs: what else comes is counted as `other`. */
  readonly queues?: readonly string[];
  readonly states?: readonly string[];
  /** What `/readyz` asks; ready, unless told. */
  readonly isReady?: () => boolean | Promise<boolean>;
  /** Brings gauges up to date before they are read. */
  readonly beforeScrape?: (metrics: Metrics) => Promise<void>;
}

/** Metrics that are served for as long as they are open. */
export interface OpenMetrics {
  readonly metrics: Metrics;
  /** Such as `http://127.0.0.1:8000`. */
  readonly origin: string;
  close(): Promise<void>;
}

/** Opens metrics and serves them; only then is their library loaded. @throws RiskError `OUTPUT_FAILED` where the port cannot be had */
export async function openMetrics(
  { languageModel }: Pick<Config, 'languageModel'>,
  options: MetricsOptions,
): Promise<OpenMetrics> {
  const { createMetricRegistry } = await import('../adapters/prometheus/metric-registry.ts');
  const { createPrometheusMetrics } = await import('../adapters/prometheus/create-prometheus-metrics.ts');
  const { serveMetrics } = await import('../adapters/prometheus/serve-metrics.ts');
  const { startAtZero } = await import('../adapters/prometheus/start-at-zero.ts');
  const { host, port, queues = [], states = [], isReady, beforeScrape } = options;
  const { registry, instruments } = createMetricRegistry();
  const configured = languageModel === null ? [] : [...new Set(Object.values(modelsOf(languageModel)))];
  const metrics = createPrometheusMetrics(instruments, {
    models: [...MODEL_NAMES, ...configured],
    agents: MODEL_TASKS,
    queues,
    states,
  });
  startAtZero(instruments, { models: configured, agents: MODEL_TASKS });
  const server = await serveMetrics({
    registry,
    host,
    port,
    ...(isReady === undefined ? {} : { isReady }),
    ...(beforeScrape === undefined ? {} : { beforeScrape: () => beforeScrape(metrics) }),
  });
  return { metrics, origin: server.origin, close: server.close };
}
