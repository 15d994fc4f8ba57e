import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { createPrometheusMetrics } from './create-prometheus-metrics.ts';
import { METRICS } from './metric-definitions.ts';
import { createMetricRegistry } from './metric-registry.ts';
import { type MetricsServer, serveMetrics } from './serve-metrics.ts';
import { startAtZero } from './start-at-zero.ts';

const KNOWN = { models: ['claude-haiku-5-5'], agents: ['threat'], queues: ['eras'], states: ['waiting'] };
const USAGE = { input: 10, cacheWrite5m: 1, cacheWrite1h: 2, cacheRead: 4, output: 5 };

function open() {
  const { registry, instruments } = createMetricRegistry();
  startAtZero(instruments, KNOWN);
  return { registry, metrics: createPrometheusMetrics(instruments, KNOWN) };
}

/** The value of a series as it is exposed. */
async function series(registry: { metrics(): Promise<string> }, name: string): Promise<number> {
  const line = (await registry.metrics()).split('\n').find((one) => one.startsWith(`${name} `));
  if (line === undefined) throw new Error(`there is no series ${name}`);
  return Number(line.slice(name.length + 1));
}

describe('Prometheus metrics', () => {
  it('has the metrics of the outside contract, with their labels', () => {
    const labels = Object.fromEntries(Object.entries(METRICS).map(([name, { labels: of }]) => [name, of.join(',')]));
    expect(labels).toMatchObject({
      llm_calls_total: 'model,agent',
      llm_latency_seconds: 'model',
      cves_processed_total: '',
      llm_tokens_total: 'model,kind',
      llm_cost_usd_total: 'model,agent',
      cache_requests_total: 'namespace,result',
      source_requests_total: 'source,outcome',
      source_latency_seconds: 'source',
      assessment_duration_seconds: '',
      stage_duration_seconds: 'stage',
      queue_jobs: 'queue,state',
      rag_retrieval_seconds: '',
    });
  });

  it('shows what is known beforehand with 0', async () => {
    const { registry } = open();
    expect(await series(registry, 'llm_calls_total{model="claude-haiku-5-5",agent="threat"}')).toBe(0);
    expect(await series(registry, 'source_requests_total{source="nvd",outcome="no_answer"}')).toBe(0);
    expect(await series(registry, 'cache_requests_total{namespace="kev",result="hit"}')).toBe(0);
    expect(await series(registry, 'llm_latency_seconds_count{model="claude-haiku-5-5"}')).toBe(0);
    expect(await series(registry, 'cves_processed_total')).toBe(0);
  });

  it('counts calls, tokens by kind and cost', async () => {
    const { registry, metrics } = open();
    const call = { model: 'claude-haiku-5-5', agent: 'threat', seconds: 0.3, usage: USAGE, costUsd: 0.25 };
    metrics.modelCall(call);
    metrics.modelCall({ ...call, costUsd: null });
    expect(await series(registry, 'llm_calls_total{model="claude-haiku-5-5",agent="threat"}')).toBe(2);
    expect(await series(registry, 'llm_cost_usd_total{model="claude-haiku-5-5",agent="threat"}')).toBe(0.25);
    expect(await series(registry, 'llm_tokens_total{model="claude-haiku-5-5",kind="cache_write"}')).toBe(6);
    expect(await series(registry, 'llm_tokens_total{model="claude-haiku-5-5",kind="output"}')).toBe(10);
    expect(await series(registry, 'llm_latency_seconds_bucket{le="0.5",model="claude-haiku-5-5"}')).toBe(2);
    expect(await series(registry, 'llm_latency_seconds_bucket{le="0.25",model="claude-haiku-5-5"}')).toBe(0);
  });

  it('keeps the number of series bounded, whatever names come', async () => {
    const { registry, metrics } = open();
    for (let number = 0; number < 100; number += 1) {
      metrics.modelCall({ model: `m${number}`, agent: `a${number}`, seconds: 1, usage: USAGE, costUsd: null });
      metrics.queueJobs(`q${number}`, { [`s${number}`]: number });
    }
    expect(await series(registry, 'llm_calls_total{model="other",agent="other"}')).toBe(100);
    const text = await registry.metrics();
    expect(text.split('\n').filter((line) => line.startsWith('llm_calls_total{'))).toHaveLength(2);
    expect(text.split('\n').filter((line) => line.startsWith('queue_jobs{'))).toHaveLength(1);
  });

  it('tells the time of the oldest fact, and keeps it where a later assessment has none', async () => {
    const { registry, metrics } = open();
    const none = { origin: 'unavailable', at: null } as const;
    const rest = { kev: none, epss: none, ssvc: none, attack: none };
    metrics.factsAsOf({ ...rest, nvd: { origin: 'live', at: '2026-01-01T00:00:00.000Z' } });
    metrics.factsAsOf({ ...rest, nvd: none });
    expect(await series(registry, 'facts_as_of_timestamp_seconds{source="nvd"}')).toBe(1_767_225_600);
    expect(await series(registry, 'facts_as_of_timestamp_seconds{source="kev"}')).toBe(0);
  });

  it('counts failed assessments apart and times those that were finished', async () => {
    const { registry, metrics } = open();
    metrics.assessment({ how: 'done', seconds: 1.5 });
    metrics.assessment({ how: 'failed', seconds: 100 });
    expect(await series(registry, 'assessments_total{status="failed"}')).toBe(1);
    expect(await series(registry, 'assessment_duration_seconds_sum')).toBe(1.5);
  });
});

describe('the metrics server', () => {
  const servers: MetricsServer[] = [];
  afterEach(async () => {
    await Promise.all(servers.splice(0).map((server) => server.close()));
  });

  async function serve(options: Partial<Parameters<typeof serveMetrics>[0]> = {}): Promise<MetricsServer> {
    const server = await serveMetrics({ registry: open().registry, host: '127.0.0.1', port: 0, ...options });
    servers.push(server);
    return server;
  }

  it('serves metrics and probes, and nothing else', async () => {
    const { origin } = await serve();
    const metrics = await fetch(`${origin}/metrics`);
    expect(metrics.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
    expect(await metrics.text()).toContain('# TYPE cves_processed_total counter');
    expect((await fetch(`${origin}/healthz`)).status).toBe(200);
    expect((await fetch(`${origin}/readyz`)).status).toBe(200);
    expect((await fetch(`${origin}/etc/passwd`)).status).toBe(404);
    expect((await fetch(`${origin}/metrics`, { method: 'POST', body: 'x' })).status).toBe(405);
  });

  it('says when no work can be taken', async () => {
    const { origin } = await serve({ isReady: () => false });
    expect((await fetch(`${origin}/readyz`)).status).toBe(503);
    expect((await fetch(`${origin}/healthz`)).status).toBe(200);
  });

  it('brings gauges up to date before it is read, and is read where that fails', async () => {
    const { registry, metrics } = open();
    let isDown = false;
    const beforeScrape = async () => {
      if (isDown) throw new Error('the queue is gone');
      metrics.queueJobs('eras', { waiting: 7 });
    };
    const { origin } = await serve({ registry, beforeScrape });
    expect(await (await fetch(`${origin}/metrics`)).text()).toContain('queue_jobs{queue="eras",state="waiting"} 7');
    isDown = true;
    expect((await fetch(`${origin}/metrics`)).status).toBe(200);
  });

  it('says in one line that the port is taken', async () => {
    const holder = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => holder.once('listening', resolve));
    const { port } = holder.address() as AddressInfo;
    await expect(serve({ port })).rejects.toThrow(
      `metrics cannot be served on 127.0.0.1:${port}: another process listens there; set ERAS_METRICS_PORT to another port, or to 0 for any that is free`,
    );
    await new Promise((resolve) => holder.close(resolve));
  });
});
