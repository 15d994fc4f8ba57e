import { AsyncLocalStorage } from 'node:async_hooks';
import { RiskError } from '../kernel/risk-error.ts';
import type { SinkSpan, SpanSink } from '../ports/span-sink.ts';
import type { Span, SpanContent, Tracing } from '../ports/tracing.ts';

/** How spans reach the places that they go to. */
export interface TracingOptions {
  readonly sinks: readonly SpanSink[];
  /** What of the content may leave; null: nothing, it is not even made. */
  readonly redact: ((text: string) => string) | null;
}

/** A span in each sink; null where a sink has none. */
type Place = readonly (SinkSpan | null)[];

/** Traces into several places at once. The active span follows the work through everything that is awaited. */
export function createTracing({ sinks, redact }: TracingOptions): Tracing {
  const active = new AsyncLocalStorage<Place>();
  const here = (): readonly SinkSpan[] => (active.getStore() ?? []).filter((span) => span !== null);
  return {
    async inSpan(start, work) {
      const parents = active.getStore();
      const spans = sinks.map((sink, index) => sink.begin(start, parents?.[index] ?? null));
      try {
        return await active.run(spans, () => work(toSpan(spans, redact)));
      } catch (error) {
        const type = typeOf(error);
        for (const span of spans) span.fail(type, type);
        throw error;
      } finally {
        for (const span of spans) span.end();
      }
    },
    inject: () => Object.assign({}, ...here().map((span) => span.inject())),
    extract(carrier, work) {
      return active.run(
        sinks.map((sink) => sink.extract(carrier)),
        work,
      );
    },
    traceId: () => here().find(({ traceId }) => traceId !== null)?.traceId ?? null,
  };
}

function toSpan(spans: readonly SinkSpan[], redact: TracingOptions['redact']): Span {
  return {
    set(attributes) {
      for (const span of spans) span.set(attributes);
    },
    fail(reason) {
      for (const span of spans) span.fail(reason, reason);
    },
    content(make) {
      if (redact === null) return;
      const { input, output } = make();
      const content: SpanContent = { input: redact(input), output: redact(output) };
      for (const span of spans) span.content(content);
    },
  };
}

/** A word for what was thrown. Its message stays here: it may quote anything. */
function typeOf(error: unknown): string {
  if (error instanceof RiskError) return error.code;
  return error instanceof Error ? error.name : 'unknown';
}
