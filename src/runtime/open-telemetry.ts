import type { Config } from '../config/config.ts';
import { NO_METRICS } from '../ports/metrics.ts';
import type { Telemetry } from '../ports/telemetry.ts';
import { NO_TRACING } from '../ports/tracing.ts';
import type { MetricsOptions, OpenMetrics } from './open-metrics.ts';

export type { Telemetry };

/** Telemetry that is to be closed: what was recorded is then sent, as far as somebody takes it in time. */
export interface OpenTelemetry extends Telemetry {
  /** Where metrics are served; null where they are not. */
  readonly metricsOrigin: string | null;
  close(): Promise<void>;
}

/** What a process wants of its telemetry beside the configuration: the port of a worker's metrics where none is set, and what its probes ask. */
export interface TelemetryOptions extends Pick<MetricsOptions, 'queues' | 'states' | 'isReady' | 'beforeScrape'> {
  /** Null: metrics are served only where the configuration names a port. */
  readonly defaultMetricsPort: number | null;
}

/**
 * Opens what the configuration asks for; what it does not ask for is not even loaded.
 * @throws RiskError `OUTPUT_FAILED` where the port of the metrics cannot be had
 */
export async function openTelemetry(config: Config, options: TelemetryOptions): Promise<OpenTelemetry> {
  const served = await openServed(config, options);
  return {
    metrics: served?.metrics ?? NO_METRICS,
    tracing: NO_TRACING,
    metricsOrigin: served?.origin ?? null,
    close: async () => served?.close(),
  };
}

async function openServed(
  config: Config,
  { defaultMetricsPort, ...probes }: TelemetryOptions,
): Promise<OpenMetrics | null> {
  const port = config.metrics.port ?? defaultMetricsPort;
  if (port === null) return null;
  const { openMetrics } = await import('./open-metrics.ts');
  return openMetrics(config, { host: config.metrics.host, port, ...probes });
}
