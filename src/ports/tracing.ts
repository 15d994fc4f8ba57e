/** What a span is about. `agent` is work that goes on at the same time as another agent's; `stage` any other part of an assessment. */
export type SpanKind = 'assessment' | 'question' | 'stage' | 'agent' | 'model' | 'source' | 'retrieval' | 'job';

/** Facts of a span, under the names of the semantic conventions where they have one. No secrets, no query strings, no text from outside. */
export type SpanAttributes = Readonly<Record<string, string | number | boolean | readonly string[]>>;

/** A span as it begins. */
export interface SpanStart {
  readonly kind: SpanKind;
  readonly name: string;
  readonly attributes?: SpanAttributes;
}

/** What was said to a model and by it. It leaves the machine only where the user asked for that, and never where documents are quoted. */
export interface SpanContent {
  readonly input: string;
  readonly output: string;
}

/** A span under way. */
export interface Span {
  set(attributes: SpanAttributes): void;
  /** Marks the span as failed; `reason` in words of our own. Work that throws does so by itself. */
  fail(reason: string): void;
  /** Made only where it is wanted. */
  content(make: () => SpanContent): void;
}

/** A place in a trace, as W3C Trace Context writes it (`traceparent`); empty where there is none. */
export type TraceCarrier = Readonly<Record<string, string>>;

/** Where spans go. Tracing changes no result: where a collector fails, the work goes on. */
export interface Tracing {
  /** Runs work in a span under the one that is active where this is called; the span is active in the work, and ends with it. */
  inSpan<Value>(start: SpanStart, work: (span: Span) => Promise<Value>): Promise<Value>;
  /** The active place, to be sent along with a job. */
  inject(): TraceCarrier;
  /** Runs work with its spans under the place that `inject` gave in another process; what is no carrier begins a trace of its own. */
  extract<Value>(carrier: TraceCarrier, work: () => Promise<Value>): Promise<Value>;
  /** The id of the active trace, 32 hexadecimal digits; null where there is none. */
  traceId(): string | null;
}

const NO_SPAN: Span = { set: () => undefined, fail: () => undefined, content: () => undefined };

/** Where nobody listens. */
export const NO_TRACING: Tracing = {
  inSpan: (_, work) => work(NO_SPAN),
  inject: () => ({}),
  extract: (_, work) => work(),
  traceId: () => null,
};
