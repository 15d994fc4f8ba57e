import { type ChildProcess, spawn } from 'node:child_process';
import { Agent, get } from 'node:http';
import { MODEL_OPTIONS } from '../src/assessment/assess-options.ts';
import { scopeOfCves } from '../src/assessment/scope.ts';
import { loadConfig } from '../src/config/config.ts';
import type { CveId } from '../src/domain/cve/cve-id.ts';
import { systemClock } from '../src/kernel/clock.ts';
import { createEngine, type Engine } from '../src/runtime/create-engine.ts';
import { openStore } from '../src/runtime/open-store.ts';
import { type Figure, toFigure, withFolder } from './measure.ts';

const COUNT = 100;
const LATENCY_MS = 200;
const RUNS = 9;

interface Served {
  readonly ids: readonly CveId[];
  readonly env: Readonly<Record<string, string>>;
}

/**
 * An online assessment of 100 CVEs against a server (a process of its own, on loopback) that takes 200 ms for each answer, a fresh store
 * each time. Nothing waits for what it does not need, so the longest chain of requests that depend on one another is one
 * request long: what a run takes beyond one answer is ours. In a running process, after one run to warm up: the stage that makes the
 * requests, and the whole assessment; and as whole processes, paired with a run of one CVE, which has the same chain.
 */
export async function benchOnline(): Promise<Figure[]> {
  const { process: server, served } = await startServer();
  const runs: { gather: number; bare: number; warm: number; hundred: number; ratio: number; hit: number }[] = [];
  try {
    for (let run = 0; run <= RUNS; run += 1) {
      const [{ gather, whole: warm } = NO_TIMES] = await timeInProcess(served, [served.ids]);
      const one = served.ids.slice(0, 1);
      const [miss = NO_TIMES, again = NO_TIMES] = await timeInProcess(served, [one, one]);
      const bare = await timeBareRequests(served);
      const hundred = await timeProcess(served, served.ids);
      const ratio = hundred / (await timeProcess(served, one));
      runs.push({ gather, bare, warm, hundred, ratio, hit: again.gather / miss.gather });
    }
  } finally {
    server.kill('SIGTERM');
  }
  const counted = runs.slice(1);
  const name = `${COUNT} CVEs online, ${LATENCY_MS} ms a response`;
  const of = (pick: (run: (typeof runs)[number]) => number) => counted.map(pick);
  return [
    toFigure(
      `${name}: gathering against the longest chain of requests`,
      of(({ gather }) => gather / LATENCY_MS),
      1.3,
      '×',
    ),
    toFigure(
      `${name}: gathering against the same requests by a bare client`,
      of(({ gather, bare }) => gather / bare),
      1.3,
      '×',
    ),
    toFigure(
      `${name}: assessment against the longest chain of requests`,
      of(({ warm }) => warm / LATENCY_MS),
      1.3,
      '×',
    ),
    toFigure(
      `${name}: whole process`,
      of(({ hundred }) => hundred),
      1000,
      'ms',
    ),
    toFigure(
      `${name}: whole process against one CVE`,
      of(({ ratio }) => ratio),
      1.3,
      '×',
    ),
    toFigure(
      `1 CVE, ${LATENCY_MS} ms a response: gathering from the cache against gathering from the sources`,
      of(({ hit }) => hit),
      0.05,
      '×',
    ),
  ];
}

/** The same requests, over connections of their own, by Node's HTTP client and nothing else: what this machine takes at the least. */
async function timeBareRequests({ ids, env }: Served): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: Number.POSITIVE_INFINITY });
  const list = ids.join(',');
  const urls = [
    `${env['NVD_API_URL']}/cves/2.0?cveIds=${list}`,
    `${env['EPSS_API_URL']}?cve=${list}`,
    env['KEV_URL'] ?? '',
    env['ATTACK_STIX_URL'] ?? '',
    ...ids.map((id) => `${env['CVE_API_URL']}/${id}`),
  ];
  const startedAt = performance.now();
  await Promise.all(
    urls.map(
      (url) =>
        new Promise<void>((done, fail) => {
          get(url, { agent }, (response) => response.resume().on('end', done)).on('error', fail);
        }),
    ),
  );
  agent.destroy();
  return performance.now() - startedAt;
}

async function startServer(): Promise<{ process: ChildProcess; served: Served }> {
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', 'bench/serve-sources.ts', String(COUNT), String(LATENCY_MS)],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  const line = await new Promise<string>((resolve) => child.stdout.setEncoding('utf8').once('data', resolve));
  return { process: child, served: JSON.parse(line) };
}

interface Times {
  readonly gather: number;
  readonly whole: number;
}

const NO_TIMES: Times = { gather: Number.NaN, whole: Number.NaN };

/** Assessments one after the other, in one running process with a fresh store. */
function timeInProcess({ env }: Served, runs: readonly (readonly CveId[])[]): Promise<Times[]> {
  return withFolder(async (home) => {
    const config = loadConfig({ ...env, ERAS_HOME: home, NVD_API_KEY: 'bench' }, home);
    const store = await openStore(config, systemClock);
    const engine = createEngine(config, store, '0.0.0');
    const times: Times[] = [];
    for (const ids of runs) times.push(await timeAssessment(engine, ids));
    await engine.close();
    await store.close();
    return times;
  });
}

async function timeAssessment(engine: Engine, ids: readonly CveId[]): Promise<Times> {
  const startedAt = performance.now();
  let gather = Number.NaN;
  await engine.start(
    {
      targets: [...ids],
      scope: scopeOfCves(ids),
      options: { offline: false, exposure: null, ...MODEL_OPTIONS, useModel: false },
      startedAt: new Date(),
    },
    {
      signal: new AbortController().signal,
      emit(event) {
        if (event.type === 'stage-start' && event.name === 'scoring') gather = performance.now() - startedAt;
      },
    },
  );
  return { gather, whole: performance.now() - startedAt };
}

function timeProcess({ env }: Served, ids: readonly CveId[]): Promise<number> {
  return withFolder(async (home) => {
    const startedAt = performance.now();
    const child = spawn(process.execPath, ['dist/main.js', 'assess', '-', '--format', 'json'], {
      env: { ...process.env, ...env, ERAS_HOME: home, NVD_API_KEY: 'bench' },
      stdio: ['pipe', 'ignore', 'inherit'],
    });
    child.stdin?.end(ids.join('\n'));
    const code = await new Promise((resolve) => child.on('close', resolve));
    if (code !== 0) throw new Error(`the online run exited ${code}`);
    return performance.now() - startedAt;
  });
}
