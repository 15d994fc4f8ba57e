import { type Span as OtelSpan, ROOT_CONTEXT, SpanKind, SpanStatusCode, type Tracer, trace } from '@opentelemetry/api';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import type { SinkSpan, SinkTrouble, SpanSink } from '../../ports/span-sink.ts';
import type { SpanStart, TraceCarrier } from '../../ports/tracing.ts';
import { createCarefulExporter } from './careful-exporter.ts';

/** Which collector is told, and who tells. */
export interface OtlpSinkOptions {
  /** OTLP over HTTP; `/v1/traces` is asked below it. */
  readonly endpoint: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly serviceName: string;
  readonly version: string;
  readonly onTrouble: SinkTrouble;
}

/** A run over ten thousand CVEs asks as often: so many spans may wait for a slow collector, some 20 MB; more are dropped. */
const MOST_WAITING = 16_384;
const MOST_AT_ONCE = 512;
const CONTENT_CHARACTERS = 20_000;

const KINDS: Readonly<Record<SpanStart['kind'], SpanKind>> = {
  assessment: SpanKind.INTERNAL,
  question: SpanKind.INTERNAL,
  stage: SpanKind.INTERNAL,
  agent: SpanKind.INTERNAL,
  retrieval: SpanKind.INTERNAL,
  model: SpanKind.CLIENT,
  source: SpanKind.CLIENT,
  job: SpanKind.CONSUMER,
};

const propagator = new W3CTraceContextPropagator();

/** Sends spans to an OpenTelemetry collector (OTLP, JSON over HTTP), in batches. Nothing global is touched. */
export function createOtlpSink(options: OtlpSinkOptions): SpanSink {
  const { serviceName, version } = options;
  const exporter = createCarefulExporter(options);
  const processor = new BatchSpanProcessor({ exporter, maxQueueSize: MOST_WAITING, maxExportBatchSize: MOST_AT_ONCE });
  const provider = new TracerProvider({
    // Only what we say ourselves: no host name, no command line, no account.
    resource: resourceFromAttributes({ 'service.name': serviceName, 'service.version': version }),
    spanProcessors: [processor],
  });
  const tracer = provider.getTracer('eras', version);
  const places = new WeakMap<SinkSpan, OtelSpan>();

  function keep(span: OtelSpan): SinkSpan {
    const sinkSpan = toSinkSpan(span);
    places.set(sinkSpan, span);
    return sinkSpan;
  }

  return {
    begin: (start, parent) => keep(beginSpan(tracer, start, parent === null ? undefined : places.get(parent))),
    extract(carrier) {
      const context = propagator.extract(ROOT_CONTEXT, carrier, { get: readCarrier, keys: Object.keys });
      const span = trace.getSpan(context);
      return span === undefined ? null : keep(span);
    },
    async close(milliseconds) {
      const isDone = await inTime(provider.shutdown(), milliseconds);
      exporter.giveUp(isDone ? null : 'it did not take the spans in time');
    },
  };
}

function readCarrier(carrier: TraceCarrier, key: string): string | undefined {
  return Object.hasOwn(carrier, key) ? carrier[key] : undefined;
}

function beginSpan(tracer: Tracer, { kind, name, attributes = {} }: SpanStart, parent: OtelSpan | undefined): OtelSpan {
  const context = parent === undefined ? ROOT_CONTEXT : trace.setSpan(ROOT_CONTEXT, parent);
  return tracer.startSpan(name, { kind: KINDS[kind], attributes: toAttributes(attributes) }, context);
}

function toSinkSpan(span: OtelSpan): SinkSpan {
  return {
    traceId: span.spanContext().traceId,
    set: (attributes) => span.setAttributes(toAttributes(attributes)),
    fail(reason, type) {
      span.setStatus({ code: SpanStatusCode.ERROR, message: reason });
      span.setAttribute('error.type', type);
    },
    content({ input, output }) {
      span.setAttribute('gen_ai.input.messages', toMessages('user', input));
      span.setAttribute('gen_ai.output.messages', toMessages('assistant', output));
    },
    end: () => span.end(),
    inject() {
      const carrier: Record<string, string> = {};
      propagator.inject(trace.setSpan(ROOT_CONTEXT, span), carrier, {
        set: (target, key, value) => {
          target[key] = value;
        },
      });
      return carrier;
    },
  };
}

function toMessages(role: string, text: string): string {
  return JSON.stringify([{ role, parts: [{ type: 'text', content: text.slice(0, CONTENT_CHARACTERS) }] }]);
}

function toAttributes(attributes: NonNullable<SpanStart['attributes']>) {
  return Object.fromEntries(
    Object.entries(attributes).map(([key, value]) => [key, typeof value === 'object' ? [...value] : value]),
  );
}

/** Whether work ended well within its time. */
async function inTime(work: Promise<void>, milliseconds: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), milliseconds);
  });
  const done = work.then(
    () => true,
    () => true,
  );
  const isDone = await Promise.race([done, late]);
  clearTimeout(timer);
  return isDone;
}
