import { type Correlation, NO_CORRELATION } from './correlation.ts';
import { type Metrics, NO_METRICS } from './metrics.ts';
import { NO_TRACING, type Tracing } from './tracing.ts';

/** Who listens while ERAS works. */
export interface Telemetry {
  readonly metrics: Metrics;
  readonly tracing: Tracing;
  readonly correlation: Correlation;
}

/** Nobody. */
export const NO_TELEMETRY: Telemetry = { metrics: NO_METRICS, tracing: NO_TRACING, correlation: NO_CORRELATION };
