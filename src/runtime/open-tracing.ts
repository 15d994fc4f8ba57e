import type { Config } from '../config/config.ts';
import { secretsOf } from '../config/secrets-of.ts';
import type { SinkTrouble, SpanSink } from '../ports/span-sink.ts';
import type { Tracing } from '../ports/tracing.ts';
import { createTracing } from './create-tracing.ts';
import { withoutSecrets } from './without-secrets.ts';

/** Tracing, and its end. */
export interface OpenTracing {
  readonly tracing: Tracing;
  close(): Promise<void>;
}

/** A collector that does not answer holds the end of a run no longer. */
const FLUSH_LIMIT_MS = 2000;

/** Opens tracing into the places that the configuration names; null where it names none. Only then are their libraries loaded. */
export async function openTracing(
  config: Config,
  version: string,
  onTrouble: SinkTrouble,
): Promise<OpenTracing | null> {
  const sinks = (
    await Promise.all([openOtlp(config, version, onTrouble), openLangSmith(config, version, onTrouble)])
  ).filter((sink) => sink !== null);
  if (sinks.length === 0) return null;
  const redact = config.tracing.sendsContent ? withoutSecrets(secretsOf(config)) : null;
  return {
    tracing: createTracing({ sinks, redact }),
    async close() {
      await Promise.all(sinks.map((sink) => sink.close(FLUSH_LIMIT_MS)));
    },
  };
}

async function openOtlp({ tracing }: Config, version: string, onTrouble: SinkTrouble): Promise<SpanSink | null> {
  if (tracing.otlp === null) return null;
  const { createOtlpSink } = await import('../adapters/opentelemetry/create-otlp-sink.ts');
  const { endpoint, headers, serviceName } = tracing.otlp;
  const revealed = Object.entries(headers).map(([name, value]) => [name, value.reveal()]);
  return createOtlpSink({
    endpoint: endpoint.reveal(),
    headers: Object.fromEntries(revealed),
    serviceName,
    version,
    onTrouble,
  });
}

async function openLangSmith({ tracing }: Config, version: string, onTrouble: SinkTrouble): Promise<SpanSink | null> {
  if (tracing.langSmith === null) return null;
  const { endpoint, apiKey, project } = tracing.langSmith;
  if (apiKey === null) {
    onTrouble('LangSmith is not told: LANGSMITH_TRACING is on, but LANGSMITH_API_KEY is not set');
    return null;
  }
  const { createLangSmithSink } = await import('../adapters/langsmith/create-langsmith-sink.ts');
  return createLangSmithSink({
    endpoint,
    apiKey: apiKey.reveal(),
    project,
    version,
    sendsContent: tracing.sendsContent,
    onTrouble,
  });
}
