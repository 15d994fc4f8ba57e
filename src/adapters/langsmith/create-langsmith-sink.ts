import { Client } from 'langsmith';
import { RunTree } from 'langsmith/run_trees';
import type { SinkSpan, SinkTrouble, SpanSink } from '../../ports/span-sink.ts';
import type { SpanAttributes, SpanStart } from '../../ports/tracing.ts';
import { createQuietFetch } from './quiet-fetch.ts';
import { toMetadata } from './to-metadata.ts';

/** Which project of LangSmith is told. */
export interface LangSmithSinkOptions {
  readonly endpoint: string;
  readonly apiKey: string;
  readonly project: string;
  readonly version: string;
  /** Whether what is said to models and by them may leave. */
  readonly sendsContent: boolean;
  readonly onTrouble: SinkTrouble;
}

/** LangSmith looks at agents and models; requests to sources are not its matter. */
const RUN_TYPES: Readonly<Partial<Record<SpanStart['kind'], string>>> = {
  assessment: 'chain',
  question: 'chain',
  stage: 'chain',
  agent: 'chain',
  model: 'llm',
  retrieval: 'retriever',
};

const CONTENT_CHARACTERS = 20_000;
const MOST_WAITING_BYTES = 50_000_000;
const CARRIER_KEY = 'langsmith-trace';

/** Sends runs to LangSmith: assessment, agents, calls of models. Inputs and outputs are hidden unless they are asked for. */
export function createLangSmithSink(options: LangSmithSinkOptions): SpanSink {
  const quiet = createQuietFetch(options.onTrouble);
  const client = new Client({
    apiUrl: options.endpoint,
    apiKey: options.apiKey,
    tracingMode: 'langsmith',
    // Nothing of the machine or its environment.
    omitTracedRuntimeInfo: true,
    hideInputs: !options.sendsContent,
    hideOutputs: !options.sendsContent,
    hideMetadata: false,
    maxIngestMemoryBytes: MOST_WAITING_BYTES,
    tracingSamplingRate: 1,
    callerOptions: { maxRetries: 0 },
    fetchImplementation: quiet.fetch,
  });
  const places = new WeakMap<SinkSpan, RunTree>();
  const common = { client, project_name: options.project, tracingEnabled: true };

  function keep(run: RunTree, isOurs: boolean): SinkSpan {
    const span = isOurs ? toSinkSpan(run) : passive(run);
    places.set(span, run);
    return span;
  }

  function begin({ kind, name, attributes = {} }: SpanStart, parent: SinkSpan | null): SinkSpan {
    const above = parent === null ? undefined : places.get(parent);
    const runType = RUN_TYPES[kind];
    if (runType === undefined) return above === undefined ? nowhere : keep(above, false);
    const metadata = { eras_version: options.version, ...toMetadata(attributes) };
    const config = { ...common, name, run_type: runType, inputs: {}, extra: { metadata } };
    const run = above === undefined ? new RunTree(config) : above.createChild(config);
    void run.postRun().catch(() => undefined);
    return keep(run, true);
  }

  return {
    begin,
    extract(carrier) {
      const place = carrier[CARRIER_KEY];
      const run = place === undefined ? undefined : RunTree.fromHeaders({ [CARRIER_KEY]: place }, common);
      return run === undefined ? null : keep(run, false);
    },
    async close(milliseconds) {
      const timer = setTimeout(() => quiet.giveUp('it did not take the runs in time'), milliseconds);
      await client.awaitPendingTraceBatches().catch(() => undefined);
      clearTimeout(timer);
      quiet.giveUp(null);
      client.cleanup();
    },
  };
}

const nowhere: SinkSpan = {
  traceId: null,
  set: () => undefined,
  fail: () => undefined,
  content: () => undefined,
  end: () => undefined,
  inject: () => ({}),
};

/** A run of somebody else, which only has children here. */
function passive(run: RunTree): SinkSpan {
  return { ...nowhere, inject: () => carrierOf(run) };
}

function carrierOf(run: RunTree): Readonly<Record<string, string>> {
  return { [CARRIER_KEY]: run.toHeaders()[CARRIER_KEY] };
}

function toSinkSpan(run: RunTree): SinkSpan {
  let error: string | undefined;
  let outputs: Record<string, unknown> = {};
  return {
    traceId: null,
    set(attributes: SpanAttributes) {
      run.metadata = { ...run.metadata, ...toMetadata(attributes) };
    },
    fail(reason) {
      error = reason;
    },
    content({ input, output }) {
      run.inputs = { prompt: input.slice(0, CONTENT_CHARACTERS) };
      outputs = { text: output.slice(0, CONTENT_CHARACTERS) };
    },
    end() {
      const ended = run.end(outputs, error).then(() => run.patchRun({ excludeInputs: false }));
      void ended.catch(() => undefined);
    },
    inject: () => carrierOf(run),
  };
}
