import type { Config } from '../config/config.ts';
import { NO_METRICS } from '../ports/metrics.ts';
import type { SinkTrouble } from '../ports/span-sink.ts';
import type { Telemetry } from '../ports/telemetry.ts';
import { NO_TRACING } from '../ports/tracing.ts';
import { createCorrelation } from './create-correlation.ts';
import type { MetricsOptions, OpenMetrics } from './open-metrics.ts';
import type { OpenTracing } from './open-tracing.ts';

export type { Telemetry };

/** Telemetry that is to be closed: what was recorded is then sent, as far as somebody takes it in time. */
export interface OpenTelemetry extends Telemetry {
  /** Where metrics are served; null where they are not. */
  readonly metricsOrigin: string | null;
  close(): Promise<void>;
}

/** What a process wants of its telemetry beside the configuration: the port of a worker's metrics where none is set, and what its probes ask. */
export interface TelemetryOptions extends Pick<MetricsOptions, 'queues' | 'states' | 'isReady' | 'beforeScrape'> {
  /** Where metrics are served: `config.metrics.port`, or the port of a command that always serves them; null: nowhere. */
  readonly metricsPort: number | null;
  readonly version: string;
  /** Told once of each place that traces do not reach. */
  readonly onTrouble: SinkTrouble;
}

/**
 * Opens what the configuration asks for; what it does not ask for is not even loaded.
 * @throws RiskError `OUTPUT_FAILED` where the port of the metrics cannot be had
 */
export async function openTelemetry(config: Config, options: TelemetryOptions): Promise<OpenTelemetry> {
  const served = await openServed(config, options);
  const traced = await openTraced(config, options);
  return {
    metrics: served?.metrics ?? NO_METRICS,
    tracing: traced?.tracing ?? NO_TRACING,
    correlation: createCorrelation(() => traced?.tracing.traceId() ?? null),
    metricsOrigin: served?.origin ?? null,
    async close() {
      await Promise.all([served?.close(), traced?.close()]);
    },
  };
}

async function openServed(
  config: Config,
  { metricsPort: port, version: _, onTrouble: __, ...probes }: TelemetryOptions,
): Promise<OpenMetrics | null> {
  if (port === null) return null;
  const { openMetrics } = await import('./open-metrics.ts');
  return openMetrics(config, { host: config.metrics.host, port, ...probes });
}

async function openTraced(config: Config, { version, onTrouble }: TelemetryOptions): Promise<OpenTracing | null> {
  if (config.tracing.otlp === null && config.tracing.langSmith === null) return null;
  const { openTracing } = await import('./open-tracing.ts');
  return openTracing(config, version, onTrouble);
}
