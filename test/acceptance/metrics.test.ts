import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { METRICS } from '../../src/adapters/prometheus/metric-definitions.ts';
import { honest } from '../support/model-brains.ts';
import { type ModelServer, startModelServer } from '../support/model-server.ts';
import { type ErasProcess, runEras, startEras, useHomes } from '../support/run-eras.ts';
import { type SourceServer, startSourceServer } from '../support/source-server.ts';

const newHome = useHomes();
const IDS = ['CVE-2021-44228', 'CVE-2024-3094'];

let model: ModelServer;
let sources: SourceServer;
beforeAll(async () => {
  model = await startModelServer(honest);
  sources = await startSourceServer();
});
afterEach(() => {
  sources.behave('all', { kind: 'normal' });
  model.think(honest);
});
afterAll(async () => {
  await model.close();
  await sources.close();
});

const start = (env: Readonly<Record<string, string>> = {}) =>
  startEras(['assess', ...IDS, '--format', 'json'], {
    ERAS_HOME: newHome(),
    ...sources.env,
    ...model.env.anthropic,
    ERAS_METRICS_PORT: '0',
    ...env,
  });

async function originOf(eras: ErasProcess): Promise<string> {
  const find = () => /metrics at (http:\/\/127\.0\.0\.1:\d+)\/metrics/.exec(eras.stderr())?.[1];
  await expect.poll(find, { timeout: 15_000 }).toBeDefined();
  return find() ?? '';
}

/** The sum of all series of a metric whose labels contain a text. */
function total(text: string, name: string, labels = ''): number {
  const lines = text.split('\n').filter((line) => line.startsWith(`${name}{`) || line.startsWith(`${name} `));
  return lines.filter((line) => line.includes(labels)).reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0);
}

describe('metrics of eras assess', () => {
  it('are served for the whole run and tell of it while it goes on', async () => {
    // The bundled snapshot stands in for what fails, so that there is something to write about.
    for (const source of ['nvd', 'cve', 'epss'] as const) sources.behave(source, { kind: 'status', status: 400 });
    // Both agents are answered; the report is not, which leaves time to look.
    model.think((asked, index) =>
      asked.user.includes('<finding cveId="CVE-') ? honest(asked, index) : { kind: 'hang' },
    );
    const eras = start({ ERAS_LLM_TIMEOUT_MS: '60000' });
    const origin = await originOf(eras);
    expect((await fetch(`${origin}/healthz`)).status).toBe(200);
    expect((await fetch(`${origin}/readyz`)).status).toBe(200);
    let text = '';
    const scrape = async () => {
      text = await (await fetch(`${origin}/metrics`)).text();
      return total(text, 'llm_calls_total', 'model="claude-haiku-5-5"');
    };
    await expect.poll(scrape, { timeout: 15_000, interval: 20 }).toBeGreaterThan(1);
    const families = new Set([...text.matchAll(/^# TYPE (\w+) /gm)].map(([, name]) => name));
    for (const name of Object.keys(METRICS)) expect(families).toContain(name);
    expect(families).toContain('process_resident_memory_bytes');
    expect(total(text, 'cves_processed_total')).toBe(2);
    expect(total(text, 'source_requests_total', 'source="kev",outcome="ok"')).toBe(1);
    expect(total(text, 'source_requests_total', 'source="epss",outcome="http_error"')).toBeGreaterThan(0);
    expect(total(text, 'source_latency_seconds_count', 'source="nvd"')).toBeGreaterThan(0);
    expect(total(text, 'cache_requests_total', 'result="miss"')).toBeGreaterThan(0);
    expect(total(text, 'llm_tokens_total', 'kind="output"')).toBeGreaterThan(0);
    expect(total(text, 'llm_cost_usd_total')).toBeGreaterThan(0);
    expect(total(text, 'llm_latency_seconds_count')).toBeGreaterThan(0);
    eras.kill('SIGINT');
    expect((await eras.done).code).toBe(130);
    await expect(fetch(`${origin}/metrics`)).rejects.toThrow();
  });

  it('end with one line and 1, before work, where the port is taken', async () => {
    const holder = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => holder.once('listening', resolve));
    const { port } = holder.address() as AddressInfo;
    const before = sources.requests.length;
    const run = await start({ ERAS_METRICS_PORT: String(port) }).done;
    await new Promise((resolve) => holder.close(resolve));
    expect([run.code, run.stdout]).toEqual([1, '']);
    expect(run.stderr).toMatch(
      /^eras: metrics cannot be served on 127\.0\.0\.1:\d+: another process listens there; [^\n]+\n$/,
    );
    expect(sources.requests.length).toBe(before);
  });

  it('are off unless a port is set, and a bad one is bad input', async () => {
    const off = await runEras(['assess', 'CVE-2021-44228', '--offline', '--format', 'json'], { ERAS_HOME: newHome() });
    expect(off.stderr).toBe('');
    const bad = await runEras(['assess', 'CVE-2021-44228'], { ERAS_HOME: newHome(), ERAS_METRICS_PORT: '70000' });
    expect([bad.code, bad.stderr]).toEqual([2, 'eras: ERAS_METRICS_PORT is not a port from 0 to 65535\n']);
  });
});
