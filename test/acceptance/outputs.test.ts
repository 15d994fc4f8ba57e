import { execFileSync, spawn } from 'node:child_process';
import { existsSync, lstatSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { documentOf, runEras, useHomes } from '../support/run-eras.ts';

const newHome = useHomes();
const assess = (args: readonly string[], home: string) =>
  runEras(['assess', 'CVE-2021-44228', '--offline', ...args], { ERAS_HOME: home });

describe('--output', () => {
  it('follows a link and keeps the permissions of a file that it replaces', async () => {
    const folder = newHome();
    const [target, link] = [join(folder, 'target.json'), join(folder, 'link.json')];
    writeFileSync(target, 'before', { mode: 0o600 });
    symlinkSync(target, link);
    expect((await assess(['--output', link], join(folder, 'home'))).code).toBe(0);
    expect(lstatSync(link).isSymbolicLink()).toBe(true);
    expect(JSON.parse(readFileSync(target, 'utf8')).findings).toHaveLength(1);
    expect(statSync(target).mode & 0o777).toBe(0o600);
  });

  it('makes what a link leads to where it is not there yet, and leaves the link', async () => {
    const folder = newHome();
    const [target, link] = [join(folder, 'target.json'), join(folder, 'link.json')];
    symlinkSync(target, link);
    expect((await assess(['--output', link], join(folder, 'home'))).code).toBe(0);
    expect(lstatSync(link).isSymbolicLink()).toBe(true);
    expect(JSON.parse(readFileSync(target, 'utf8')).findings).toHaveLength(1);
  });

  it('tells in one line that standard output cannot be written', async () => {
    const main = join(import.meta.dirname, '../../dist/main.js');
    const child = spawn('sh', ['-c', `node "${main}" assess CVE-2021-44228 --offline --format json > /dev/full`], {
      env: { ...process.env, ERAS_HOME: newHome() },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let stderr = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    expect(await new Promise((resolve) => child.on('close', resolve))).toBe(1);
    expect(stderr).toMatch(/^eras: cannot write to standard output: [^\n]*\n$/);
  });

  it('writes into a pipe and leaves it one', async () => {
    const folder = newHome();
    const pipe = join(folder, 'pipe');
    execFileSync('mkfifo', [pipe]);
    const running = assess(['--format', 'json', '--output', pipe], join(folder, 'home'));
    const text = execFileSync('cat', [pipe], { encoding: 'utf8', timeout: 20_000 });
    expect((await running).code).toBe(0);
    expect(JSON.parse(text).findings).toHaveLength(1);
    expect(statSync(pipe).isFIFO()).toBe(true);
  });

  it.each(['file/x.json', '/dev/full', ''])('tells in one line that %j cannot be written', async (path) => {
    const folder = newHome();
    writeFileSync(join(folder, 'file'), 'x');
    const output = path.startsWith('/') || path === '' ? path : join(folder, path);
    const run = await assess(['--format', 'json', '--output', output], join(folder, 'home'));
    expect([run.code, run.stdout]).toEqual([1, '']);
    expect(run.stderr).toMatch(/^eras: cannot write [^\n]*\n$/);
  });

  it('leaves no half-written file where the input is bad', async () => {
    const folder = newHome();
    const output = join(folder, 'x.json');
    const run = await runEras(['assess', 'nothing', '--output', output], { ERAS_HOME: join(folder, 'home') });
    expect(run.code).toBe(2);
    expect(existsSync(output)).toBe(false);
    expect(execFileSync('ls', [folder], { encoding: 'utf8' })).toBe('');
  });

  it('says why the exit code is 3 where the result goes to a file', async () => {
    const folder = newHome();
    const run = await runEras(
      ['assess', 'CVE-2021-44228', 'CVE-21-1', '--offline', '--output', join(folder, 'x.json')],
      {
        ERAS_HOME: join(folder, 'home'),
      },
    );
    expect([run.code, run.stderr]).toEqual([3, expect.stringMatching(/^1 gap, the first: intake: [^\n]*CVE-21-1/)]);
  });
});

describe('what is handed in', () => {
  it('is lost in no part: each entry that is no id is a gap, or counted in one', async () => {
    const many = Array.from({ length: 500 }, (_, index) => `CVE-${index}-1`);
    const ids = ['CVE-2021-44228', 'CVE_2024_3094', 'CVE 2024 3095', 'CAN-2001-0001', ...many];
    const run = await runEras(
      ['assess', '-', '--offline', '--format', 'json'],
      { ERAS_HOME: newHome() },
      ids.join('\n'),
    );
    expect(run.code).toBe(3);
    const { gaps, findings } = documentOf(run);
    expect(findings).toHaveLength(1);
    expect(gaps).toHaveLength(101);
    expect(gaps.at(-1)?.reason).toBe('403 more entries are no vulnerability ids');
    const beside = await runEras(['assess', 'CVE-2021-44228', 'no-such-thing', '--offline', '--format', 'json'], {
      ERAS_HOME: newHome(),
    });
    expect([beside.code, documentOf(beside).gaps.length]).toEqual([3, 1]);
  });

  it('may be CSV with a column of ids, and is bad input where it is broken', async () => {
    const env = { ERAS_HOME: newHome() };
    const read = (text: string) => runEras(['assess', '-', '--offline', '--format', 'json'], env, text);
    const good = await read('name,cve\n"Log4j, our",CVE-2021-44228\nxz,CVE-2024-3094\n');
    expect([good.code, documentOf(good).findings.length]).toEqual([0, 2]);
    expect((await read('cve,name\n"CVE-2021-44228,log4j\n')).code).toBe(2);
  });

  it('is no text where it names a file that is not there', async () => {
    const run = await runEras(['assess', './CVE-2021-44228.txt'], { ERAS_HOME: newHome() });
    expect([run.code, run.stderr]).toEqual([2, expect.stringContaining('there is no file')]);
  });
});

it('a request to stop ends with 130, also before there is anything to stop', async () => {
  // Standard input stays open and empty: the command waits for its targets.
  const child = spawn(process.execPath, ['dist/main.js', 'assess', '-'], {
    env: { ...process.env, ERAS_HOME: newHome() },
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  await new Promise((resolve) => setTimeout(resolve, 3000));
  child.kill('SIGTERM');
  expect(await new Promise((resolve) => child.on('exit', (code, signal) => resolve([code, signal])))).toEqual([
    130,
    null,
  ]);
});
