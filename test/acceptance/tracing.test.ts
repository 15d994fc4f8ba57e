import { mkdtempSync, writeFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { honest } from '../support/model-brains.ts';
import { type ModelServer, startModelServer } from '../support/model-server.ts';
import { documentOf, runEras, startEras, useHomes } from '../support/run-eras.ts';
import { type SourceServer, startSourceServer } from '../support/source-server.ts';
import { type CollectedSpan, startLangSmith, startOtlpCollector } from '../support/trace-collectors.ts';

const newHome = useHomes();
const IDS = ['CVE-2021-44228', 'CVE-2024-3094'];
const MODEL_KEY = 'canary-of-the-model-key';
const LANGSMITH_KEY = 'canary-of-the-langsmith-key';
const COLLECTOR_KEY = 'canary-of-the-collector';

let model: ModelServer;
let sources: SourceServer;
const open: { close(): Promise<void> }[] = [];
beforeAll(async () => {
  model = await startModelServer(honest);
  sources = await startSourceServer();
  failToSnapshot();
});
afterEach(async () => {
  await Promise.all(open.splice(0).map((collector) => collector.close()));
  failToSnapshot();
});
afterAll(async () => {
  await model.close();
  await sources.close();
});

/** The bundled snapshot stands in for what fails at once, so that there is something to write about. */
function failToSnapshot(): void {
  sources.behave('all', { kind: 'normal' });
  for (const source of ['nvd', 'cve', 'epss'] as const) sources.behave(source, { kind: 'status', status: 400 });
}

async function otlp(mood?: Parameters<typeof startOtlpCollector>[0]) {
  const collector = await startOtlpCollector(mood);
  open.push(collector);
  return { collector, env: { OTEL_EXPORTER_OTLP_ENDPOINT: collector.origin } };
}

async function langSmith(mood?: Parameters<typeof startLangSmith>[0]) {
  const collector = await startLangSmith(mood);
  open.push(collector);
  const env = { LANGSMITH_TRACING: 'true', LANGSMITH_API_KEY: LANGSMITH_KEY, LANGSMITH_ENDPOINT: collector.origin };
  return { collector, env };
}

const envOf = (env: Readonly<Record<string, string>>) => ({
  ERAS_HOME: newHome(),
  ...sources.env,
  ...model.env.anthropic,
  ANTHROPIC_API_KEY: MODEL_KEY,
  ERAS_LLM_TIMEOUT_MS: '20000',
  ...env,
});
const assess = (env: Readonly<Record<string, string>>, args: readonly string[] = IDS) =>
  runEras(['assess', ...args, '--format', 'json'], envOf(env));

/** The names from the root to a span. */
function pathOf(span: CollectedSpan, spans: readonly CollectedSpan[]): string[] {
  const parent = spans.find(({ spanId }) => spanId === span.parentSpanId);
  return parent === undefined ? [span.name] : [...pathOf(parent, spans), span.name];
}

describe('OpenTelemetry', () => {
  it('gets one trace: every span under one root, by agent, model and source, with tokens and cost', async () => {
    const { collector, env } = await otlp();
    const result = await assess({ ...env, OTEL_SERVICE_NAME: 'risk-desk', ERAS_SOURCE_BUDGET_MS: '1500' });
    const document = documentOf(result);
    const spans = collector.spans();
    expect(new Set(spans.map(({ traceId }) => traceId)).size).toBe(1);
    expect(spans.filter(({ parentSpanId }) => parentSpanId === null).map(({ name }) => name)).toEqual([
      'invoke_workflow assess',
    ]);
    const paths = new Set(spans.map((span) => pathOf(span, spans).join(' > ')));
    for (const path of [
      'invoke_workflow assess > invoke_agent vulnerability > GET nvd',
      'invoke_workflow assess > invoke_agent vulnerability > chat claude-haiku-5-5',
      'invoke_workflow assess > invoke_agent threat',
      'invoke_workflow assess > scoring',
      'invoke_workflow assess > report',
    ]) {
      expect(paths).toContain(path);
    }
    const calls = spans.filter(({ name }) => name.startsWith('chat '));
    expect(calls).toHaveLength(document.usage.llm.calls);
    for (const { attributes } of calls) {
      expect(attributes).toMatchObject({
        'gen_ai.operation.name': 'chat',
        'gen_ai.provider.name': 'anthropic',
        'gen_ai.agent.name': expect.stringMatching(/^(vulnerability|threat|report)$/),
        'eras.assessment.id': document.id,
      });
      expect(attributes['gen_ai.usage.input_tokens']).toBeGreaterThan(0);
      expect(attributes['gen_ai.usage.output_tokens']).toBeGreaterThan(0);
    }
    const cost = calls.reduce((sum, { attributes }) => sum + Number(attributes['eras.cost_usd']), 0);
    expect(cost).toBeCloseTo(document.usage.llm.costUsd ?? -1, 9);
    const failed = spans.filter(({ status }) => status === 2).map(({ name }) => name);
    expect(new Set(failed)).toEqual(new Set(['GET nvd', 'GET ssvc', 'GET epss']));
    expect(new Set(spans.map(({ service }) => service))).toEqual(new Set(['risk-desk']));
  });

  it('gets no secret, no prompt, no answer and no query', async () => {
    const { collector, env } = await otlp();
    const result = await assess({
      ...env,
      OTEL_EXPORTER_OTLP_HEADERS: `x-api-key=${COLLECTOR_KEY}`,
      NVD_API_KEY: 'canary-nvd',
    });
    expect(result.code).not.toBe(1);
    expect(collector.arrived.at(-1)?.headers['x-api-key']).toBe(COLLECTOR_KEY);
    const bodies = collector.arrived.map(({ body }) => body).join();
    expect(bodies).not.toContain('canary');
    expect(bodies).not.toContain('cveIds=');
    expect(bodies).not.toContain('[E1]');
    expect(bodies).not.toContain('log4j');
    expect(bodies).not.toContain(process.cwd());
  });

  it('gets prompts and answers where that is asked for, without secrets', async () => {
    const { collector, env } = await otlp();
    await assess({ ...env, ERAS_TRACE_CONTENT: '1' });
    const bodies = collector.arrived.map(({ body }) => body).join();
    expect(bodies).toContain('[E1]');
    expect(bodies).not.toContain(MODEL_KEY);
  });

  it.each(['hang', 'error', 'gone'] as const)('neither fails nor holds a run when it is down (%s)', async (mood) => {
    const { collector, env } = await otlp(mood === 'gone' ? 'well' : mood);
    if (mood === 'gone') await collector.close();
    const home = newHome();
    const plain = await runEras(['assess', IDS[0] ?? '', '--offline'], { ERAS_HOME: home });
    const traced = await runEras(['assess', IDS[0] ?? '', '--offline'], { ERAS_HOME: home, ...env });
    expect(traced.code).toBe(plain.code);
    expect(traced.stdout.length).toBe(plain.stdout.length);
    expect(traced.stderr.match(/OTEL_EXPORTER_OTLP_ENDPOINT/g)).toHaveLength(1);
    // Two seconds, on a machine that may be busy.
    expect(traced.milliseconds).toBeLessThan(2 * plain.milliseconds + 4000);
  });

  it('gets what was done before an interruption', async () => {
    sources.behave('nvd', { kind: 'hang' });
    const { collector, env } = await otlp();
    const eras = startEras(['assess', ...IDS, '--verbose'], envOf(env));
    const before = sources.requests.length;
    await expect.poll(() => sources.requests.length, { timeout: 15_000 }).toBeGreaterThan(before);
    eras.kill('SIGINT');
    expect((await eras.done).code).toBe(130);
    const root = collector.spans().find(({ parentSpanId }) => parentSpanId === null);
    expect(root).toMatchObject({ name: 'invoke_workflow assess', status: 2 });
    expect(root?.attributes['error.type']).toBe('INTERRUPTED');
  });
});

describe('LangSmith', () => {
  it('gets runs for assessment, agents and calls of models, in the project, and nothing that was said', async () => {
    const { collector, env } = await langSmith();
    const result = await assess({ ...env, LANGSMITH_PROJECT: 'risk' });
    const document = documentOf(result);
    const runs = collector.runs();
    const roots = runs.filter(({ parent_run_id: parent }) => parent === undefined || parent === null);
    expect(roots.map(({ name }) => name)).toEqual(['invoke_workflow assess']);
    expect(new Set(runs.map(({ trace_id: trace }) => trace))).toEqual(new Set([roots[0]?.id]));
    expect(new Set(runs.map(({ session_name: project }) => project))).toEqual(new Set(['risk']));
    expect(runs.every(({ end_time: end }) => end !== undefined)).toBe(true);
    const calls = runs.filter(({ run_type: type }) => type === 'llm');
    expect(calls).toHaveLength(document.usage.llm.calls);
    for (const call of calls) {
      const agent = runs.find(({ id }) => id === call.parent_run_id);
      expect(agent?.name).toMatch(/^(invoke_agent (vulnerability|threat)|report)$/);
      expect(call.extra?.metadata).toMatchObject({ ls_provider: 'anthropic', 'eras.assessment.id': document.id });
      expect(call.extra?.metadata?.['usage_metadata']).toMatchObject({ total_tokens: expect.any(Number) });
      expect(JSON.stringify([call.inputs ?? {}, call.outputs ?? {}])).toBe('[{},{}]');
    }
    const bodies = collector.arrived.map(({ body }) => body).join();
    expect(bodies).not.toContain('canary');
    expect(bodies).not.toContain('[E1]');
    expect(bodies).not.toContain('log4j');
    expect(collector.arrived.at(-1)?.headers['x-api-key']).toBe(LANGSMITH_KEY);
  });

  it('gets prompts and answers where that is asked for', async () => {
    const { collector, env } = await langSmith();
    await assess({ ...env, ERAS_TRACE_CONTENT: '1' });
    const call = collector.runs().find(({ run_type: type }) => type === 'llm');
    expect(call?.inputs?.['prompt']).toContain('[E1]');
    expect(String(call?.outputs?.['text'])).toContain('evidence');
    expect(collector.arrived.map(({ body }) => body).join()).not.toContain('canary');
  });

  it.each(['hang', 'error'] as const)('neither fails nor holds a run when it is down (%s)', async (mood) => {
    const { env } = await langSmith(mood);
    const home = newHome();
    const plain = await runEras(['assess', IDS[0] ?? '', '--offline'], { ERAS_HOME: home });
    const traced = await runEras(['assess', IDS[0] ?? '', '--offline'], { ERAS_HOME: home, ...env });
    expect(traced.code).toBe(plain.code);
    expect(traced.stderr.match(/LangSmith/g)).toHaveLength(1);
    // Two seconds, on a machine that may be busy.
    expect(traced.milliseconds).toBeLessThan(2 * plain.milliseconds + 4000);
  });

  it('is told in one line that its key is missing, and the run goes on', async () => {
    const result = await runEras(['assess', IDS[0] ?? '', '--offline'], {
      ERAS_HOME: newHome(),
      LANGSMITH_TRACING: '1',
    });
    expect(result.code).toBe(0);
    expect(result.stderr).toContain('LANGSMITH_TRACING is on, but LANGSMITH_API_KEY is not set');
  });
});

describe('documents', () => {
  it('never leave with a trace, whatever is asked for', async () => {
    const { collector, env } = await otlp();
    const smith = await langSmith();
    const all = envOf({ ...env, ...smith.env, ERAS_TRACE_CONTENT: '1' });
    const folder = mkdtempSync(`${all.ERAS_HOME}/documents-`);
    writeFileSync(
      `${folder}/policy.md`,
      '# Policy\n\nCVE-2021-44228 is forbidden by the ZEBRAFINCH clause of our house rules.\n',
    );
    expect((await runEras(['ingest', folder], all)).code).toBe(0);
    const asked = await runEras(['ask', 'What is forbidden by the house rules?', '--no-llm'], all);
    expect(asked.stdout).toContain('ZEBRAFINCH');
    await runEras(['ask', 'What is forbidden by the house rules?'], all);
    expect(model.calls.some((asked) => JSON.stringify(asked).includes('ZEBRAFINCH'))).toBe(true);
    await runEras(['assess', 'CVE-2021-44228', '--format', 'json'], all);
    expect(collector.spans().some(({ name }) => name === 'retrieval')).toBe(true);
    expect(collector.text() + smith.collector.text()).not.toContain('ZEBRAFINCH');
  });
});
