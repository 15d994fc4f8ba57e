import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SETTINGS } from '../../src/config/settings.ts';
import { type ModelServer, startModelServer } from '../support/model-server.ts';
import { type ErasProcess, runEras, startEras, useHomes } from '../support/run-eras.ts';
import { type SourceServer, startSourceServer } from '../support/source-server.ts';
import { startLangSmith, startOtlpCollector } from '../support/trace-collectors.ts';

const newHome = useHomes();
const NOWHERE = '127.0.0.1:9';

/** A value that tells of itself wherever it turns up; addresses hold it as password, and in their query. */
const canaryOf = (name: string) => `canary-${name.toLowerCase().replaceAll('_', '-')}-x7`;
const SHAPES: Readonly<Record<string, (canary: string) => string>> = {
  REDIS_URL: (canary) => `redis://:${canary}@${NOWHERE}/0`,
  DATABASE_URL: (canary) => `postgres://eras:${canary}@${NOWHERE}/eras`,
  CHROMA_URL: (canary) => `http://eras:${canary}@${NOWHERE}`,
  OTEL_EXPORTER_OTLP_HEADERS: (canary) => `x-api-key=${canary}`,
};
/** Where the store itself is elsewhere, nothing begins; its own tests look at what it says then. */
const NOT_SET = new Set(['DATABASE_URL']);

const SECRETS = SETTINGS.filter(({ kind, name }) => kind.startsWith('secret') && !NOT_SET.has(name));
const secrets = Object.fromEntries(
  SECRETS.map(({ name }) => [name, (SHAPES[name] ?? ((canary: string) => canary))(canaryOf(name))]),
);

let model: ModelServer;
let sources: SourceServer;
const collectors: { close(): Promise<void> }[] = [];
beforeAll(async () => {
  model = await startModelServer(() => ({ kind: 'status', status: 401 }));
  sources = await startSourceServer();
});
afterAll(async () => {
  await Promise.all([model, sources, ...collectors].map((server) => server.close()));
});

/** Addresses of sources, each with an account and a key in its query. */
const withAccounts = (env: Readonly<Record<string, string>>) =>
  Object.fromEntries(
    Object.entries(env).map(([name, url]) => [
      name,
      `${url.replace('//', `//mirror:${canaryOf(name)}@`)}?key=${canaryOf(name)}`,
    ]),
  );

async function setUp(behaviour: Parameters<SourceServer['behave']>[1]) {
  sources.behave('all', behaviour);
  const otlp = await startOtlpCollector();
  const smith = await startLangSmith();
  collectors.push(otlp, smith);
  return {
    // Bodies: the headers are where keys belong.
    sent: () => [...otlp.arrived, ...smith.arrived].map(({ body }) => body).join('\n'),
    env: {
      ERAS_HOME: newHome(),
      ...model.env.anthropic,
      ...secrets,
      ...withAccounts(sources.env),
      SERVICENOW_INSTANCE_URL: `http://${NOWHERE}`,
      SERVICENOW_TOKEN: '',
      SERVICENOW_USERNAME: 'eras',
      SERVICENOW_CLIENT_ID: 'desk',
      OTEL_EXPORTER_OTLP_ENDPOINT: otlp.origin,
      LANGSMITH_TRACING: 'true',
      LANGSMITH_ENDPOINT: smith.origin,
      ERAS_TRACE_CONTENT: '1',
      ERAS_SOURCE_BUDGET_MS: '1500',
      ERAS_METRICS_PORT: '0',
      LOG_LEVEL: 'trace',
    },
  };
}

/** The metrics of a run while it goes on; empty once it is over. */
async function scrape(eras: ErasProcess): Promise<string> {
  const address = () => /http:\/\/127\.0\.0\.1:\d+\/metrics/.exec(eras.stderr())?.[0];
  await expect.poll(address, { timeout: 15_000 }).toBeDefined();
  return fetch(address() ?? '').then(
    (response) => response.text(),
    () => '',
  );
}

describe('secrets of the configuration', () => {
  it('are all set here', () => {
    expect(SECRETS.length).toBeGreaterThan(8);
  });

  it.each([
    ['answer 500', { kind: 'status', status: 500, body: 'no' }],
    ['refuse the account', { kind: 'status', status: 401 }],
    ['answer garbage', { kind: 'garbage' }],
    ['reset the connection', { kind: 'reset' }],
    ['lead elsewhere', { kind: 'redirect', location: 'http://127.0.0.1:9/elsewhere' }],
  ] as const)('never show where sources %s', async (_, behaviour) => {
    const { env, sent } = await setUp(behaviour);
    const eras = startEras(['assess', 'CVE-2021-44228', '--verbose', '--format', 'json'], env);
    const metrics = await scrape(eras);
    const run = await eras.done;
    expect(metrics).toContain('source_requests_total');
    expect(run.code).toBe(3);
    expect(sent()).toContain('invoke_workflow assess');
    expect([run.stdout, run.stderr, metrics, sent()].filter((text) => text.includes('canary'))).toEqual([]);
  });

  it.each([
    [['assess', '--servicenow']],
    [['ask', 'Who patches what?']],
    [['sync', 'all']],
    [['doctor', '--json']],
    [['cache', 'stats']],
    [['costs']],
    [['assess', 'CVE-2021-44228', '--dry-run']],
    [['assess', 'CVE-2021-44228', '--create-tickets', '--yes']],
  ])('never show in what %j says', async (args) => {
    const { env, sent } = await setUp({ kind: 'status', status: 500 });
    const run = await runEras(args, env);
    // A configuration that is refused would show nothing of anything.
    expect(run.code).not.toBe(2);
    expect([run.stdout, run.stderr, sent()].filter((text) => text.includes('canary'))).toEqual([]);
  });

  it.each(SECRETS.map(({ name }) => name))('never show in complaints about %s or beside it', async (name) => {
    const home = newHome();
    const env = { ERAS_HOME: home, ...secrets, [name]: `\u0000://${canaryOf(name)} %zz`.replace('\u0000', '') };
    const run = await runEras(['assess', 'CVE-2021-44228', '--offline'], env);
    expect(run.stdout + run.stderr).not.toContain('canary');
    writeFileSync(join(home, 'config.json'), `{ "${name}": "${canaryOf(name)}", }`);
    const broken = await runEras(['assess', 'CVE-2021-44228'], {
      ERAS_HOME: home,
      ERAS_CONFIG: join(home, 'config.json'),
    });
    expect(broken.code).toBe(2);
    expect(broken.stdout + broken.stderr).not.toContain('canary');
  });
});
