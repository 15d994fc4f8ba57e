import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runEras, useHomes } from '../support/run-eras.ts';
import { type SourceServer, startSourceServer } from '../support/source-server.ts';
import { startOtlpCollector } from '../support/trace-collectors.ts';

const newHome = useHomes();
let sources: SourceServer;
beforeAll(async () => {
  sources = await startSourceServer();
  sources.behave('nvd', { kind: 'status', status: 400 });
});
afterAll(() => sources.close());

const assess = (env: Readonly<Record<string, string>>) =>
  runEras(['assess', 'CVE-2021-44228', '--quiet', '--format', 'json'], {
    ERAS_HOME: newHome(),
    ...sources.env,
    ...env,
  });

describe('the log of eras assess', () => {
  it('has one line of JSON an event, with the ids of assessment and trace', async () => {
    const collector = await startOtlpCollector();
    const run = await assess({ LOG_LEVEL: 'info', OTEL_EXPORTER_OTLP_ENDPOINT: collector.origin });
    await collector.close();
    const { id } = JSON.parse(run.stdout) as { id: string };
    const lines = run.stderr
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    const failed = lines.find(({ msg }) => msg === 'a source failed');
    expect(failed).toMatchObject({
      level: 'info',
      source: 'nvd',
      assessmentId: id,
      traceId: collector.spans()[0]?.traceId,
    });
    const stages = lines.filter(({ msg }) => msg === 'a stage ended').map(({ stage }) => stage);
    expect(new Set(stages)).toEqual(new Set(['vulnerability', 'threat', 'scoring', 'report']));
    for (const line of lines) expect(line).toMatchObject({ assessmentId: id, time: expect.any(String) });
  });

  it('is silent by default where nothing needs a person', async () => {
    expect((await assess({})).stderr).toBe('');
  });
});
