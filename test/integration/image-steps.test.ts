import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { until } from '../support/fleet.ts';
import { doImageSteps, type ImageStage, readStages } from '../support/image-steps.ts';
import { freePort, hasService, type RedisServer, startRedis } from '../support/services.ts';

const ROOT = join(import.meta.dirname, '../..');
const isAsked = process.env['ERAS_CHECK_IMAGE'] === '1' && hasService('redis-server');
const why = isAsked ? '' : ' (skipped: two installations take minutes; ERAS_CHECK_IMAGE=1 asks for them)';
/** Two installations, on a machine that is busy. */
const MINUTES = 900_000;
/** Somebody who owns nothing: nobody, where the tests run as root. */
const NOBODY = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};

/** What a build of the image does, without an engine for containers: its own steps, in folders. */
describe.skipIf(!isAsked)(`the steps of the image${why}`, { timeout: 120_000 }, () => {
  const work = mkdtempSync(join(tmpdir(), 'eras-image-'));
  const home = mkdtempSync(join(tmpdir(), 'eras-image-home-'));
  const app = join(work, 'runtime/app');
  let runtime: ImageStage;
  let skipped: string[];
  let redis: RedisServer;
  const children = new Set<ChildProcess>();
  beforeAll(async () => {
    const stages = readStages(readFileSync(join(ROOT, 'Dockerfile'), 'utf8'));
    runtime = stages.at(-1) as ImageStage;
    skipped = doImageSteps(ROOT, stages, work);
    execFileSync('chmod', ['-R', 'a-w,a+rX', work]);
    chmodSync(work, 0o755);
    if (NOBODY.uid !== undefined) chownSync(home, NOBODY.uid, NOBODY.gid);
    redis = await startRedis();
  }, MINUTES);
  afterAll(async () => {
    // A test that failed leaves its processes, which write while their folder is removed.
    await Promise.all([...children].map(endOf));
    await redis?.stop();
    execFileSync('chmod', ['-R', 'u+w', work]);
    for (const folder of [work, home]) rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
  }, MINUTES);

  const wordsOf = (keyword: string) => runtime.steps.find((step) => step.keyword === keyword)?.words ?? [];

  /** As the image would: its entry point, its environment, another user, and a tree that is not his. */
  function start(args: readonly string[], env: Readonly<Record<string, string>> = {}, entry = wordsOf('ENTRYPOINT')) {
    const [program = '', ...rest] = [...entry, ...args].map((word) => word.replace(/^\/app\//, `${app}/`));
    const { PATH = '' } = process.env;
    const child: ChildProcess = spawn(program, rest, {
      ...NOBODY,
      cwd: app,
      env: { PATH, NODE_ENV: 'production', ERAS_HOME: home, ERAS_METRICS_HOST: '127.0.0.1', ...env },
    });
    children.add(child);
    const said = { out: '', err: '' };
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      said.out += text;
    });
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      said.err += text;
    });
    const code = new Promise<number | null>((resolve) => child.on('close', resolve));
    return { child, said, code };
  }

  it('ship what runs, and nothing else', () => {
    expect(skipped).toHaveLength(2);
    const has = (path: string) => existsSync(join(app, path));
    expect(
      ['dist/main.js', 'data', 'schema', 'LICENSE', 'NOTICE', 'package.json'].filter((path) => !has(path)),
    ).toEqual([]);
    expect(
      ['src', 'test', 'tools', 'tsconfig.json', 'node_modules/typescript', 'node_modules/vitest'].filter(has),
    ).toEqual([]);
    const kilobytes = execFileSync('du', ['-sk', app], { encoding: 'utf8' }).split('\t')[0];
    process.stdout.write(`the image's own layers: ${Math.round(Number(kilobytes) / 1024)} MB\n`);
  });

  it('run as somebody else, in a tree that cannot be written', async () => {
    const help = start(['--help']);
    expect([await help.code, help.said.err]).toEqual([0, '']);
    expect(help.said.out).toContain('Usage: eras');
    const assess = start(['assess', 'CVE-2021-44228', '--offline', '--no-llm', '--format', 'json']);
    expect([0, 3]).toContain(await assess.code);
    expect(JSON.parse(assess.said.out).findings).toHaveLength(1);
  });

  it('have what the bundle leaves outside: documents, pictures, typeset reports, the model of the knowledge base', async () => {
    const assessed = start(['assess', 'CVE-2021-44228', '--offline', '--no-llm', '--format', 'json']);
    await assessed.code;
    const { id } = JSON.parse(assessed.said.out) as { id: string };
    for (const format of ['pdf', 'docx', 'html']) {
      const report = start(['report', id, '--format', format, '--output', join(home, `report.${format}`)]);
      expect([await report.code, report.said.err]).toEqual([0, expect.not.stringContaining('eras:')]);
      expect(statSync(join(home, `report.${format}`)).size).toBeGreaterThan(1000);
    }
    const ingest = start(['ingest', join(home, 'report.pdf'), join(home, 'report.docx'), join(home, 'report.html')]);
    expect([await ingest.code, ingest.said.err]).toEqual([0, expect.not.stringContaining('failed')]);
    const ask = start(['ask', 'What is CVE-2021-44228 about?', '--no-llm', '--format', 'json']);
    expect(await ask.code).toBe(0);
    expect(JSON.parse(ask.said.out)).toMatchObject({ found: true });
  });

  it('make a worker whose health check tells whether it lives, and that stops when asked', async () => {
    const check = wordsOf('HEALTHCHECK');
    const env = { ERAS_METRICS_PORT: String(await freePort()), REDIS_URL: redis.url };
    expect(await start([], env, check).code).toBe(1);
    const worker = start(wordsOf('CMD'), env);
    await until(() => worker.said.err.includes('takes jobs'), 60_000);
    expect(await start([], env, check).code).toBe(0);
    worker.child.kill('SIGTERM');
    expect(await worker.code).toBe(0);
  });
});

async function endOf(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGKILL');
  await new Promise((resolve) => child.once('close', resolve));
}
