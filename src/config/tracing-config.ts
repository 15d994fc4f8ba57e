import { bad, type Read, readFlag, readUrl } from './read-setting.ts';
import { Secret } from './secret.ts';

/** Where traces go. Nowhere, unless it is said. */
export interface TracingConfig {
  readonly otlp: {
    /** May hold a password. */
    readonly endpoint: Secret;
    readonly headers: Readonly<Record<string, Secret>>;
    readonly serviceName: string;
  } | null;
  readonly langSmith: {
    readonly endpoint: string;
    /** Null: it is missing. */
    readonly apiKey: Secret | null;
    readonly project: string;
  } | null;
  /** Whether prompts and answers of models may leave. */
  readonly sendsContent: boolean;
}

/** Reads where traces go. @throws RiskError `BAD_INPUT` */
export function readTracing(read: Read): TracingConfig {
  return {
    otlp: readOtlp(read),
    langSmith: readFlag(read, 'LANGSMITH_TRACING') ? readLangSmith(read) : null,
    sendsContent: readFlag(read, 'ERAS_TRACE_CONTENT'),
  };
}

function readOtlp(read: Read): TracingConfig['otlp'] {
  if (read('OTEL_EXPORTER_OTLP_ENDPOINT') === null) return null;
  const url = new URL(readUrl(read, 'OTEL_EXPORTER_OTLP_ENDPOINT'));
  const account = url.username === '' ? {} : { authorization: basic(url) };
  url.username = '';
  url.password = '';
  return {
    endpoint: new Secret(url.href.replace(/\/+$/, '')),
    headers: { ...account, ...readHeaders(read) },
    serviceName: read('OTEL_SERVICE_NAME') ?? 'eras',
  };
}

function basic({ username, password }: URL): Secret {
  const account = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return new Secret(`Basic ${Buffer.from(account).toString('base64')}`);
}

/** `key=value` pairs separated by commas, percent-encoded, as OpenTelemetry's specification writes them. */
function readHeaders(read: Read): Record<string, Secret> {
  const pairs = (read('OTEL_EXPORTER_OTLP_HEADERS') ?? '').split(',').filter((pair) => pair.trim() !== '');
  return Object.fromEntries(
    pairs.map((pair) => {
      const at = pair.indexOf('=');
      const name = pair.slice(0, at).trim();
      if (at < 1 || !/^[\w-]+$/.test(name)) throw bad('OTEL_EXPORTER_OTLP_HEADERS', 'of the form key=value,key=value');
      return [name, new Secret(decode(pair.slice(at + 1).trim()))];
    }),
  );
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function readLangSmith(read: Read): NonNullable<TracingConfig['langSmith']> {
  const apiKey = read('LANGSMITH_API_KEY');
  return {
    endpoint: readUrl(read, 'LANGSMITH_ENDPOINT'),
    apiKey: apiKey === null ? null : new Secret(apiKey),
    project: read('LANGSMITH_PROJECT') ?? 'eras',
  };
}
