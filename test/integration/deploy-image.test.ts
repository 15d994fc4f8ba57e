import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { contextOf, readStages } from '../support/image-steps.ts';

const ROOT = join(import.meta.dirname, '../..');
const { version, license, engines } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
  version: string;
  license: string;
  engines: { node: string };
};
const stages = readStages(readFileSync(join(ROOT, 'Dockerfile'), 'utf8'));
const all = stages.flatMap(({ steps }) => steps);
const last = stages.at(-1);
const textOf = (keyword: string) => last?.steps.find((step) => step.keyword === keyword)?.text ?? '';

describe('the image', () => {
  it('stands on a named version of Node.js that ERAS supports', () => {
    const names = new Set(stages.map(({ name }) => name));
    const foreign = stages.filter(({ base }) => !names.has(base)).map(({ base }) => base);
    expect(foreign).toEqual([expect.stringMatching(/^node:20\.\d+\.\d+-bookworm-slim$/)]);
    const least = /\d+\.(\d+)/.exec(engines.node)?.[1];
    expect(Number(/:20\.(\d+)/.exec(foreign[0] ?? '')?.[1])).toBeGreaterThanOrEqual(Number(least));
    expect(textOf('LABEL')).toContain(`base.name="docker.io/library/${foreign[0]}"`);
  });

  it('is built in stages of which the last one installs nothing, and has no tools in it', () => {
    expect(stages.length).toBeGreaterThan(2);
    expect(last?.base).toBe('base');
    const commands = last?.steps.filter(({ keyword }) => keyword === 'RUN').map(({ text }) => text) ?? [];
    expect(commands.filter((text) => /apt-get|npm|curl|wget/.test(text))).toEqual([]);
  });

  it('keeps the rules for Dockerfiles', () => {
    expect(all.filter(({ keyword }) => keyword === 'ADD' || keyword === 'MAINTAINER')).toEqual([]);
    const commands = all.filter(({ keyword }) => keyword === 'RUN').map(({ text }) => text);
    for (const text of commands.filter((command) => command.includes('apt-get install'))) {
      expect(text).toMatch(/^apt-get update .*--no-install-recommends .*rm -rf \/var\/lib\/apt\/lists\/\*$/);
    }
    expect(commands.filter((text) => /\bsudo\b|apt-get upgrade|npm install|:latest|\bcd \//.test(text))).toEqual([]);
    // What is installed may run nothing, but for the one package that must.
    for (const text of commands.filter((command) => command.includes('npm ci')))
      expect(text).toContain('--ignore-scripts');
    for (const { words } of all.filter(({ keyword }) => keyword === 'WORKDIR')) expect(words[0]).toMatch(/^\//);
    for (const keyword of ['ENTRYPOINT', 'CMD']) expect(textOf(keyword)).toMatch(/^\["/);
    expect(
      all.filter(({ keyword, text }) => /^(?:ENV|ARG)$/.test(keyword) && /KEY|TOKEN|PASSWORD|SECRET/.test(text)),
    ).toEqual([]);
  });

  it('runs as a number that is not root, writes in one place, and can be asked how it is', () => {
    expect(textOf('USER')).toMatch(/^[1-9]\d+:[1-9]\d+$/);
    const after = last?.steps.slice(last.steps.findIndex(({ keyword }) => keyword === 'USER') + 1) ?? [];
    expect(after.filter(({ keyword }) => ['RUN', 'COPY', 'USER'].includes(keyword))).toEqual([]);
    expect(textOf('VOLUME')).toBe('["/var/lib/eras"]');
    expect(textOf('ENV')).toContain('ERAS_HOME=/var/lib/eras');
    expect(textOf('HEALTHCHECK')).toMatch(/^CMD \["node", .*\/healthz/);
  });

  it('says what it is', () => {
    const label = textOf('LABEL');
    for (const name of ['title', 'description', 'version', 'licenses'])
      expect(label).toContain(`org.opencontainers.image.${name}=`);
    expect(label).toContain(`version="${version}"`);
    expect(label).toContain(`licenses="${license}"`);
  });

  it('is made of what it needs: no test, no secret, no history', () => {
    const context = contextOf(ROOT);
    expect(context).toContain('src/cli/main.ts');
    expect(
      context.filter((path) => /\.test\.ts$|^\.|\.env|^test\/|^docs\/|node_modules|^dist\/|^deploy\//.test(path)),
    ).toEqual([]);
    const copied = all
      .filter(({ keyword, flags }) => keyword === 'COPY' && flags.length === 0)
      .flatMap(({ words }) => words.slice(0, -1));
    expect(
      copied.filter((source) => !context.some((path) => path === source || path.startsWith(`${source}/`))),
    ).toEqual([]);
  });
});
