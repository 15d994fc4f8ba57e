import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { runEras, startEras, useHomes } from '../support/run-eras.ts';
import { type SourceServer, startSourceServer } from '../support/source-server.ts';

const newHome = useHomes();
const FILES = ['eras.cpuprofile', 'eras.heapprofile', 'flame.svg', 'heap.json', 'profile.txt'];

let sources: SourceServer;
beforeAll(async () => {
  sources = await startSourceServer();
});
afterEach(() => sources.behave('all', { kind: 'normal' }));
afterAll(() => sources.close());

const newFolder = () => join(mkdtempSync(join(tmpdir(), 'eras-profile-')), 'new', 'folder');
const read = (folder: string, name: string) => readFileSync(join(folder, name), 'utf8');

describe('eras assess --profile', () => {
  it('tells where the time went: by stage, by function, and outside', async () => {
    sources.behave('nvd', { kind: 'normal', delayMs: 700 });
    const folder = newFolder();
    const env = { ERAS_HOME: newHome(), ...sources.env };
    const run = await runEras(['assess', 'CVE-2021-44228', '--format', 'json', '--profile', folder], env);
    expect(() => JSON.parse(run.stdout)).not.toThrow();
    expect(readdirSync(folder).sort()).toEqual(FILES);
    expect(JSON.parse(read(folder, 'eras.cpuprofile'))).toMatchObject({
      nodes: expect.any(Array),
      samples: expect.any(Array),
    });
    expect(JSON.parse(read(folder, 'heap.json')).used_heap_size).toBeGreaterThan(0);
    const text = read(folder, 'profile.txt');
    const told = [...text.matchAll(/^(intake|vulnerability|threat|scoring|report) +[\d.]+ ms/gm)].map(
      ([, name]) => name,
    );
    expect(told).toEqual(['intake', 'vulnerability', 'threat', 'scoring', 'report']);
    // Functions are named by their sources, not by the bundle that holds them.
    expect(text).toMatch(/src\/[\w/-]+\.ts:\d+/);
    const [, wall = '0', , waiting = '0'] =
      /^vulnerability +[\d.]+ ms +([\d.]+) ms +([\d.]+) ms +([\d.]+) ms/m.exec(text) ?? [];
    expect(Number(wall)).toBeGreaterThan(700);
    expect(Number(waiting)).toBeGreaterThan(400);
    expect(Number(/^nvd +\d+ +([\d.]+) ms/m.exec(text)?.[1])).toBeGreaterThan(700);
    expect(read(folder, 'flame.svg')).toMatch(/^<svg .*<\/svg>\n$/s);
  });

  it('is written when the run is interrupted', async () => {
    sources.behave('nvd', { kind: 'hang' });
    const folder = newFolder();
    const before = sources.requests.length;
    const eras = startEras(['assess', 'CVE-2021-44228', '--profile', folder], { ERAS_HOME: newHome(), ...sources.env });
    await expect.poll(() => sources.requests.length, { timeout: 15_000 }).toBeGreaterThan(before);
    eras.kill('SIGINT');
    expect((await eras.done).code).toBe(130);
    expect(readdirSync(folder).sort()).toEqual(FILES);
    expect(read(folder, 'profile.txt')).toContain('vulnerability (unfinished)');
  });

  it('is written when the run fails', async () => {
    const folder = newFolder();
    const run = await runEras(['assess', '--resume', 'nobody', '--profile', folder], { ERAS_HOME: newHome() });
    expect(run.code).toBe(2);
    expect(readdirSync(folder).sort()).toEqual(FILES);
  });

  it('fails before work where the folder cannot be written', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'eras-profile-')), 'file');
    writeFileSync(file, '');
    const before = sources.requests.length;
    const run = await runEras(['assess', 'CVE-2021-44228', '--profile', file], {
      ERAS_HOME: newHome(),
      ...sources.env,
    });
    expect(run.code).toBe(1);
    expect(run.stderr).toMatch(/^eras: cannot write the profile to .*\n$/);
    expect(sources.requests.length).toBe(before);
  });
});
