import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { FORMAT_NAMES } from '../../src/cli/formats.ts';
import { createProgram } from '../../src/cli/program.ts';
import { SOURCE_NAMES } from '../../src/domain/source/lookup.ts';
import { SOURCE_TITLES } from '../../src/domain/source/source-titles.ts';
import { runEras, useHomes } from '../support/run-eras.ts';

const ROOT = join(import.meta.dirname, '../..');
const GUIDE = join(ROOT, 'docs/guide');
const PAGES = ['README.md', ...readdirSync(GUIDE).map((name) => `docs/guide/${name}`)].filter((name) =>
  name.endsWith('.md'),
);
const read = (page: string) => readFileSync(join(ROOT, page), 'utf8');
const newHome = useHomes();

interface Example {
  readonly page: string;
  readonly args: readonly string[];
}

/** A shell tells what it would call: `eras` and `npx eras` note their words on a channel of their own, and nothing else is found. */
const NOTE = `eras() { printf '%s\\x1f' "$@" >&3; printf '\\x1e' >&3; }
npx() { [ "$1" = eras ] && { shift; eras "$@"; }; }
`;

function examplesOf(page: string): Example[] {
  const blocks = [...read(page).matchAll(/^```sh\n([\s\S]*?)^```/gm)].map(([, block = '']) => block);
  return blocks.flatMap((block) => callsOf(block).map((args) => ({ page, args })));
}

function callsOf(block: string): string[][] {
  // Redirections write into a folder that is gone afterwards.
  const cwd = mkdtempSync(join(tmpdir(), 'eras-examples-'));
  try {
    const { output, error } = spawnSync('/bin/bash', ['--noprofile', '--norc', '-c', `${NOTE}${block}\nwait`], {
      cwd,
      env: { PATH: '/nonexistent' },
      stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
      encoding: 'utf8',
      timeout: 10_000,
    });
    if (error !== undefined) throw error;
    const calls = (output[3] ?? '').split('\x1e').slice(0, -1);
    return calls.map((call) => call.split('\x1f').slice(0, -1));
  } finally {
    rmSync(cwd, { recursive: true, force: true });
  }
}

const EXAMPLES = PAGES.flatMap(examplesOf);

const isHidden = (command: Command) => (command as unknown as { _hidden: boolean })._hidden;

/** Reads words as the command line does, and runs nothing; throws what it would say. */
async function parse(args: readonly string[]): Promise<void> {
  const program = createProgram(() => undefined);
  let ran: Command | null = null;
  const still = (command: Command): void => {
    command.configureOutput({ writeErr: () => undefined, writeOut: () => undefined });
    if (command.commands.length === 0)
      command.action((...all: unknown[]) => {
        ran = all.at(-1) as Command;
      });
    for (const inner of command.commands) still(inner);
  };
  still(program);
  await program.parseAsync(['node', 'eras', ...args]);
  const command = ran as Command | null;
  if (command === null || isHidden(command)) throw new Error(`eras ${args[0]} is no command`);
  const { format } = command.opts<{ format?: string }>();
  if (format !== undefined && ![...FORMAT_NAMES, 'text'].includes(format)) throw new Error(`no format is ${format}`);
}

describe('examples in README and guide', () => {
  it('are found', () => {
    expect(EXAMPLES.length).toBeGreaterThan(50);
    expect(new Set(EXAMPLES.map(({ page }) => page)).size).toBeGreaterThan(8);
  });

  it.each(EXAMPLES.map(({ page, args }) => [page, args.join(' '), args] as const))(
    '%s: eras %s',
    async (_, __, args) => {
      await expect(parse(args)).resolves.toBeUndefined();
    },
  );

  it.each([
    [['asses']],
    [['assess', '--ofline']],
    [['assess', 'x', '--exposure', 'wide']],
    [['serve']],
    [['list', '--format', 'pfd']],
  ])('would not be %j', async (args) => {
    await expect(parse(args)).rejects.toThrow();
  });
});

/** What needs nothing but what is bundled, and changes nothing but a data folder of its own. */
function isHarmless([command = '', ...rest]: readonly string[]): boolean {
  const words = [command, ...rest].join(' ');
  const isBundled = rest.every((word) => /^(?:CVE-\d{4}-\d+|--offline|--exposure|controlled|open|small)$/.test(word));
  if (command === 'assess') return rest.includes('--offline') && isBundled;
  return ['list', 'doctor', 'decide list', 'costs', 'audit verify', '--help'].includes(words);
}

describe('examples that need nothing', () => {
  const harmless = [
    ...new Set(
      EXAMPLES.map(({ args }) => args)
        .filter(isHarmless)
        .map((args) => args.join(' ')),
    ),
  ];
  it.each([...new Set([...harmless, '--help', 'assess --help'])])('eras %s', async (line) => {
    const { code, stdout, stderr } = await runEras(line.split(' '), { ERAS_HOME: newHome() });
    expect([0, 3], stderr).toContain(code);
    expect(stdout).not.toBe('');
  });

  it('are some', () => expect(harmless).toEqual(expect.arrayContaining(['list', 'doctor', 'decide list'])));
});

describe('the guide', () => {
  const prose = PAGES.filter((page) => page !== 'docs/guide/commands.md')
    .map(read)
    .join('\n');
  const commands = createProgram(() => undefined).commands.filter((command) => !isHidden(command));

  it.each(commands.map((command) => command.name()))('speaks of eras %s', (name) => {
    expect(prose.includes(`eras ${name}`)).toBe(true);
    expect(read('docs/guide/commands.md').includes(`## eras ${name}\n`)).toBe(true);
  });

  it.each(SOURCE_NAMES)('has a section about the source %s', (source) => {
    expect(read('docs/guide/sources.md')).toMatch(
      new RegExp(`^## ${SOURCE_TITLES[source].replaceAll('/', '\\/')}`, 'm'),
    );
  });

  it('names only pages that there are', () => {
    for (const page of PAGES) {
      const folder = join(ROOT, page, '..');
      for (const [, link = ''] of read(page).matchAll(/\]\((?!https?:|#)([^)#\s]+)/g))
        expect(readdirSync(join(folder, link, '..')), `${page}: ${link}`).toContain(link.split('/').at(-1));
    }
  });
});
