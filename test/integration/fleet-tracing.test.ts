import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { idsOf, startFleet, type TestFleet } from '../support/fleet.ts';
import { runEras, useHomes } from '../support/run-eras.ts';
import { hasService } from '../support/services.ts';
import { type CollectedSpan, startOtlpCollector } from '../support/trace-collectors.ts';

const hasRedis = hasService('redis-server');
const newHome = useHomes();
const IDS = idsOf(6);

describe.skipIf(!hasRedis)('a trace of a fleet', () => {
  let fleet: TestFleet;
  let collector: Awaited<ReturnType<typeof startOtlpCollector>>;
  beforeAll(async () => {
    fleet = await startFleet(IDS);
    collector = await startOtlpCollector();
  });
  afterAll(() => Promise.all([fleet.close(), collector.close()]));

  it('has every span of an assessment under one root, from the command line to the workers', async () => {
    const home = newHome();
    const traced = { OTEL_EXPORTER_OTLP_ENDPOINT: collector.origin };
    const workers = [
      await fleet.startWorker(home, [], { ...traced, OTEL_SERVICE_NAME: 'first' }),
      await fleet.startWorker(home, [], { ...traced, OTEL_SERVICE_NAME: 'second' }),
    ];
    const args = ['assess', ...IDS, '--distributed', '--batch-size', '2', '--format', 'json'];
    const run = await runEras(args, { ...fleet.env(home), ...traced, OTEL_SERVICE_NAME: 'asks' });
    expect([run.code, run.stderr]).toEqual([0, expect.any(String)]);
    for (const worker of workers) worker.kill('SIGTERM');
    await Promise.all(workers.map(({ done }) => done));

    const spans: readonly CollectedSpan[] = collector.spans();
    const roots = spans.filter(({ parentSpanId }) => parentSpanId === null);
    expect(roots).toMatchObject([{ name: 'invoke_workflow assess', service: 'asks' }]);
    expect(new Set(spans.map(({ traceId }) => traceId)).size).toBe(1);
    const known = new Set(spans.map(({ spanId }) => spanId));
    expect(spans.filter(({ parentSpanId }) => parentSpanId !== null && !known.has(parentSpanId))).toEqual([]);
    const jobs = spans.filter(({ name }) => name.startsWith('process '));
    expect(new Set(jobs.map(({ name }) => name))).toEqual(
      new Set(['process gather', 'process score', 'process write', 'process report']),
    );
    expect(jobs.length).toBeGreaterThanOrEqual(6 + 1 + 2 + 1);
    // The calls of models are under the jobs that made them.
    const calls = spans.filter(({ attributes }) => attributes['gen_ai.request.model'] !== undefined);
    expect(calls.length).toBeGreaterThanOrEqual(fleet.models.calls.length);
    expect(calls.every(({ service }) => service === 'first' || service === 'second')).toBe(true);
  });
});
