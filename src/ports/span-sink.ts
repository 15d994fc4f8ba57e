import type { SpanAttributes, SpanContent, SpanStart, TraceCarrier } from './tracing.ts';

/** A span in one place that spans go to. */
export interface SinkSpan {
  set(attributes: SpanAttributes): void;
  /** `type` is a word for programs, as `error.type` of the semantic conventions. */
  fail(reason: string, type: string): void;
  /** Only called where the user asked for content. */
  content(content: SpanContent): void;
  end(): void;
  /** This place, for another process. */
  inject(): TraceCarrier;
  /** 32 hexadecimal digits; null where the place has no such ids. */
  readonly traceId: string | null;
}

/** One place that spans go to: a collector behind a library. It never throws, and tells of its trouble once. */
export interface SpanSink {
  /** `parent` is a span of the same place, or null for a new trace. */
  begin(start: SpanStart, parent: SinkSpan | null): SinkSpan;
  /** The span that `inject` described, as a parent; null where the carrier tells of none. */
  extract(carrier: TraceCarrier): SinkSpan | null;
  /** Sends what is left, for as long as `milliseconds` at the most, and nothing after that. */
  close(milliseconds: number): Promise<void>;
}

/** Told, in words fit for the user, why spans do not arrive. */
export type SinkTrouble = (reason: string) => void;
