import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { METRICS, type MetricDefinition, type MetricName } from './metric-definitions.ts';

type Instrument<Kind extends MetricDefinition['kind']> = Kind extends 'counter'
  ? Counter
  : Kind extends 'gauge'
    ? Gauge
    : Histogram;

/** Every metric as something that can be counted up, set or observed. */
export type Instruments = { readonly [Name in MetricName]: Instrument<(typeof METRICS)[Name]['kind']> };

/** A registry of its own, and what is registered in it: our metrics and those of the process. */
export interface MetricRegistry {
  readonly registry: Registry;
  readonly instruments: Instruments;
}

/** Creates the metrics. Nothing is shared with another registry of the same process. */
export function createMetricRegistry(): MetricRegistry {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const created = Object.entries(METRICS).map(([name, definition]) => [name, create(name, definition, registry)]);
  return { registry, instruments: Object.fromEntries(created) };
}

function create(name: string, { kind, help, labels, buckets = [] }: MetricDefinition, registry: Registry) {
  const shared = { name, help, labelNames: [...labels], registers: [registry] };
  if (kind === 'counter') return new Counter(shared);
  return kind === 'gauge' ? new Gauge(shared) : new Histogram({ ...shared, buckets: [...buckets] });
}
