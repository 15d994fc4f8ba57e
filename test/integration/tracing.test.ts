import { afterEach, describe, expect, it } from 'vitest';
import { createLangSmithSink } from '../../src/adapters/langsmith/create-langsmith-sink.ts';
import { createOtlpSink } from '../../src/adapters/opentelemetry/create-otlp-sink.ts';
import { createLanes } from '../../src/agents/language-model/lanes.ts';
import { createModelDesk } from '../../src/agents/language-model/model-desk.ts';
import { createPurse } from '../../src/agents/language-model/purse.ts';
import { NO_TOKENS } from '../../src/domain/language-model/token-usage.ts';
import { success } from '../../src/kernel/result.ts';
import { RiskError } from '../../src/kernel/risk-error.ts';
import type { CostLedger } from '../../src/ports/cost-ledger.ts';
import { NO_TELEMETRY } from '../../src/ports/telemetry.ts';
import type { TraceCarrier, Tracing } from '../../src/ports/tracing.ts';
import { createCorrelation } from '../../src/runtime/create-correlation.ts';
import { createTracing } from '../../src/runtime/create-tracing.ts';
import { startLangSmith, startOtlpCollector } from '../support/trace-collectors.ts';

const open: { close(milliseconds: number): Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close(1000)));
});

async function start() {
  const collector = await startOtlpCollector();
  const smith = await startLangSmith();
  open.push(collector, smith);
  const troubles: string[] = [];
  const onTrouble = (reason: string) => void troubles.push(reason);
  const process = () => {
    const sinks = [
      createOtlpSink({ endpoint: collector.origin, headers: {}, serviceName: 'eras', version: '1', onTrouble }),
      createLangSmithSink({
        endpoint: smith.origin,
        apiKey: 'k',
        project: 'p',
        version: '1',
        sendsContent: false,
        onTrouble,
      }),
    ];
    const tracing = createTracing({ sinks, redact: null });
    return { tracing, close: () => Promise.all(sinks.map((sink) => sink.close(2000))) };
  };
  return { collector, smith, process, troubles };
}

const span = (tracing: Tracing, name: string, work: () => Promise<unknown> = async () => undefined) =>
  tracing.inSpan({ kind: 'stage', name }, work);

describe('tracing', () => {
  it('joins the work of another process to the trace that it was sent from', async () => {
    const { collector, smith, process, troubles } = await start();
    const [client, worker] = [process(), process()];
    let carrier: TraceCarrier = {};
    await client.tracing.inSpan({ kind: 'assessment', name: 'root' }, async () => {
      carrier = client.tracing.inject();
    });
    // As a queue would carry it.
    const carried = JSON.parse(JSON.stringify(carrier)) as TraceCarrier;
    expect(carried['traceparent']).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/);
    await worker.tracing.extract(carried, () =>
      worker.tracing.inSpan({ kind: 'job', name: 'job' }, () => span(worker.tracing, 'work')),
    );
    await Promise.all([client.close(), worker.close()]);
    const spans = collector.spans();
    const idOf = (name: string) => spans.find((one) => one.name === name)?.spanId;
    expect(new Set(spans.map(({ traceId }) => traceId)).size).toBe(1);
    expect(spans.find(({ name }) => name === 'root')?.parentSpanId).toBeNull();
    expect(spans.find(({ name }) => name === 'job')?.parentSpanId).toBe(idOf('root'));
    expect(spans.find(({ name }) => name === 'work')?.parentSpanId).toBe(idOf('job'));
    const runs = smith.runs();
    expect(new Set(runs.map(({ trace_id: trace }) => trace)).size).toBe(1);
    // LangSmith does not look at jobs: what is in them hangs on what sent them.
    expect(runs.find(({ name }) => name === 'work')?.parent_run_id).toBe(runs.find(({ name }) => name === 'root')?.id);
    expect(troubles).toEqual([]);
  });

  it.each([{}, { traceparent: 'garbage' }, { traceparent: '00-0-0-01', 'langsmith-trace': 'x' }, { __proto__: null }])(
    'begins a trace of its own for the carrier %j',
    async (carrier) => {
      const { collector, process } = await start();
      const { tracing, close } = process();
      await tracing.extract(carrier as TraceCarrier, () => span(tracing, 'alone'));
      await close();
      expect(collector.spans()).toMatchObject([{ name: 'alone', parentSpanId: null }]);
    },
  );

  it('keeps spans apart that go on at the same time', async () => {
    const { collector, process } = await start();
    const { tracing, close } = process();
    const pause = () => new Promise((resolve) => setTimeout(resolve, 5));
    await span(tracing, 'root', () =>
      Promise.all(
        ['a', 'b'].map((name) =>
          span(tracing, name, async () => {
            await pause();
            await span(tracing, `${name} inner`, pause);
          }),
        ),
      ),
    );
    await close();
    const spans = collector.spans();
    for (const name of ['a', 'b']) {
      const inner = spans.find((one) => one.name === `${name} inner`);
      expect(spans.find(({ spanId }) => spanId === inner?.parentSpanId)?.name).toBe(name);
    }
  });

  it('says of what was thrown its kind and not its words', async () => {
    const { collector, smith, process } = await start();
    const { tracing, close } = process();
    const failing = (error: Error) => span(tracing, 'root', () => Promise.reject(error)).catch(() => undefined);
    await failing(new RiskError({ code: 'STORE_FAILED', message: 'c4n4ry' }));
    await failing(new TypeError('c4n4ry'));
    await close();
    expect(collector.spans().map(({ status, attributes }) => [status, attributes['error.type']])).toEqual([
      [2, 'STORE_FAILED'],
      [2, 'TypeError'],
    ]);
    expect(collector.text() + smith.text()).not.toContain('c4n4ry');
  });

  it('hangs a call of a model on who asked, though another call frees its lane', async () => {
    const { collector, process } = await start();
    const { tracing, close } = process();
    const ledger = {
      findPaid: async () => null,
      book: async () => 1,
      close: async () => undefined,
    } as unknown as CostLedger;
    const desk = createModelDesk({
      model: {
        provider: 'anthropic',
        isBatch: false,
        async generate() {
          await new Promise((resolve) => setTimeout(resolve, 5));
          return success({ text: '{}', stop: 'end', usage: NO_TOKENS });
        },
        countTokens: async () => null,
      },
      modelOf: { fast: 'f', balanced: 'b', deep: 'd' },
      ledger,
      purse: createPurse(null, 0),
      clock: { now: () => new Date() },
      assessmentId: 'A1',
      inFlight: 1,
      telemetry: { ...NO_TELEMETRY, tracing },
    });
    const ask = (task: 'threat' | 'vulnerability') =>
      span(tracing, task, () =>
        desk.ask({
          task,
          tier: 'fast',
          promptVersion: '1',
          promptFor: () => ({ instructions: task, isCached: false, evidence: '', schemaName: 's', schema: {} }),
          maxOutputTokens: 10,
          signal: new AbortController().signal,
        }),
      );
    await Promise.all([ask('threat'), ask('vulnerability')]);
    await close();
    const spans = collector.spans();
    const calls = spans.filter(({ name }) => name.startsWith('chat'));
    expect(calls).toHaveLength(2);
    for (const { parentSpanId, attributes } of calls) {
      expect(spans.find(({ spanId }) => spanId === parentSpanId)?.name).toBe(attributes['gen_ai.agent.name']);
    }
  });
});

describe('correlation', () => {
  it('carries the ids of the work around, and the trace', async () => {
    const { process } = await start();
    const { tracing, close } = process();
    const correlation = createCorrelation(tracing.traceId);
    const lanes = createLanes(1);
    expect(correlation.ids()).toEqual({});
    await correlation.run({ jobId: 'J1' }, () =>
      correlation.run({ assessmentId: 'A1' }, () =>
        span(tracing, 'root', async () => {
          const { signal } = new AbortController();
          await lanes.run(
            async () => 1,
            () => false,
            signal,
          );
          expect(correlation.ids()).toEqual({
            jobId: 'J1',
            assessmentId: 'A1',
            traceId: expect.stringMatching(/^[0-9a-f]{32}$/),
          });
        }),
      ),
    );
    await close();
  });
});
