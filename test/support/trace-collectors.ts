import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';

/** A span as a collector has it. */
export interface CollectedSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string | null;
  readonly name: string;
  /** 2 is an error. */
  readonly status: number;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly service: string;
}

/** A run as LangSmith has it once its beginning and end have arrived. */
export interface CollectedRun {
  readonly id: string;
  readonly parent_run_id?: string;
  readonly trace_id: string;
  readonly name: string;
  readonly run_type: string;
  readonly session_name: string;
  readonly inputs?: Readonly<Record<string, unknown>>;
  readonly outputs?: Readonly<Record<string, unknown>>;
  readonly error?: string;
  readonly end_time?: unknown;
  readonly extra?: { readonly metadata?: Readonly<Record<string, unknown>> };
}

/** How a collector answers: as it should, with an error, or never. */
type Mood = 'well' | 'error' | 'hang';

/** What arrived, raw, with its headers. */
interface Arrived {
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

async function startCollector(mood: Mood, reply: (url: string) => unknown) {
  const arrived: Arrived[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const raw = Buffer.concat(chunks);
    const body = request.headers['content-encoding'] === 'gzip' ? gunzipSync(raw) : raw;
    arrived.push({ url: request.url ?? '/', headers: request.headers, body: body.toString('utf8') });
    if (mood === 'hang') return;
    response.writeHead(mood === 'well' ? 200 : 503, { 'content-type': 'application/json' });
    response.end(JSON.stringify(reply(request.url ?? '/')));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    arrived,
    /** Everything that ever arrived, as one text. */
    text: () => JSON.stringify(arrived),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Starts a real server on loopback that stands in for an OpenTelemetry collector. */
export async function startOtlpCollector(mood: Mood = 'well') {
  const collector = await startCollector(mood, () => ({}));
  return {
    ...collector,
    spans: () => collector.arrived.filter(({ url }) => url === '/v1/traces').flatMap(({ body }) => toSpans(body)),
  };
}

/** Starts a real server on loopback that stands in for LangSmith. */
export async function startLangSmith(mood: Mood = 'well') {
  const collector = await startCollector(mood, (url) =>
    url.endsWith('/info') ? { version: '0.12.0', batch_ingest_config: { use_multipart_endpoint: false } } : {},
  );
  return { ...collector, runs: () => toRuns(collector.arrived) };
}

interface OtlpValue {
  readonly stringValue?: string;
  readonly intValue?: number | string;
  readonly doubleValue?: number;
  readonly boolValue?: boolean;
  readonly arrayValue?: { readonly values: readonly OtlpValue[] };
}

interface OtlpAttributes {
  readonly attributes: readonly { readonly key: string; readonly value: OtlpValue }[];
}

interface OtlpBody {
  readonly resourceSpans: readonly {
    readonly resource: OtlpAttributes;
    readonly scopeSpans: readonly {
      readonly spans: readonly (OtlpAttributes & {
        readonly traceId: string;
        readonly spanId: string;
        readonly parentSpanId?: string;
        readonly name: string;
        readonly status: { readonly code?: number };
      })[];
    }[];
  }[];
}

function toSpans(body: string): CollectedSpan[] {
  return (JSON.parse(body) as OtlpBody).resourceSpans.flatMap(({ resource, scopeSpans }) =>
    scopeSpans.flatMap(({ spans }) =>
      spans.map((span) => ({
        traceId: span.traceId,
        spanId: span.spanId,
        parentSpanId: span.parentSpanId ?? null,
        name: span.name,
        status: span.status.code ?? 0,
        attributes: toValues(span),
        service: String(toValues(resource)['service.name']),
      })),
    ),
  );
}

function toValues({ attributes }: OtlpAttributes): Record<string, unknown> {
  return Object.fromEntries(attributes.map(({ key, value }) => [key, toValue(value)]));
}

function toValue({ stringValue, intValue, doubleValue, boolValue, arrayValue }: OtlpValue): unknown {
  if (arrayValue !== undefined) return arrayValue.values.map(toValue);
  return stringValue ?? (intValue === undefined ? (doubleValue ?? boolValue) : Number(intValue));
}

function toRuns(arrived: readonly Arrived[]): CollectedRun[] {
  const runs = new Map<string, CollectedRun>();
  for (const { url, body } of arrived) {
    if (!url.endsWith('/runs/batch')) continue;
    const { post = [], patch = [] } = JSON.parse(body) as { post?: CollectedRun[]; patch?: CollectedRun[] };
    for (const run of [...post, ...patch]) runs.set(run.id, { ...runs.get(run.id), ...run });
  }
  return [...runs.values()];
}
