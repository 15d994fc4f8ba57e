import { type ExportResult, ExportResultCode } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace';
import type { SinkTrouble } from '../../ports/span-sink.ts';

/** An exporter that can be told to stop. */
export interface CarefulExporter extends SpanExporter {
  /** From now on nothing is sent; a reason is told as trouble. */
  giveUp(reason: string | null): void;
}

/** Tries of one batch together: the end of a run does not wait longer for a collector that is not there. */
const BATCH_LIMIT_MS = 1500;

/** The OTLP exporter, which tells of the first failure in our words (its own could quote headers) and can be stopped. */
export function createCarefulExporter(options: {
  readonly endpoint: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly onTrouble: SinkTrouble;
}): CarefulExporter {
  const exporter = new OTLPTraceExporter({
    url: `${options.endpoint}/v1/traces`,
    headers: { ...options.headers },
    timeoutMillis: BATCH_LIMIT_MS,
  });
  let isStopped = false;
  let isTold = false;

  function tell(reason: string): void {
    if (isTold) return;
    isTold = true;
    options.onTrouble(`the OpenTelemetry collector (OTEL_EXPORTER_OTLP_ENDPOINT) is not told: ${reason}`);
  }

  return {
    export(spans: ReadableSpan[], done: (result: ExportResult) => void) {
      if (isStopped) return done({ code: ExportResultCode.FAILED });
      exporter.export(spans, (result) => {
        if (result.code !== ExportResultCode.SUCCESS) tell(describe(result.error));
        // The processor would tell of a failure on its own, in the library's words.
        done({ code: ExportResultCode.SUCCESS });
      });
    },
    shutdown: () => exporter.shutdown(),
    forceFlush: () => exporter.forceFlush(),
    giveUp(reason) {
      isStopped = true;
      if (reason !== null) tell(reason);
    },
  };
}

function describe(error: (Error & { readonly code?: unknown }) | undefined): string {
  const code = error?.code;
  if (typeof code === 'number') return `HTTP ${code}`;
  return typeof code === 'string' && /^[A-Z_]{1,40}$/.test(code) ? code : 'it gives no answer';
}
